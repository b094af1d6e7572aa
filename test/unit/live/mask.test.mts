import fc from 'fast-check';
import { Mask, SHOWS_ALL } from '../../../scripts/live/mask.mts';
import { accessTo, CONFIRMED, OWN_NUMBER, visit } from '../../support/unit/live/visit.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';
import { VirtualClock } from '../../support/unit/virtualClock.mts';

test('the token, the number and the IDs are in no report and on no screen', async () => {
	for (const version of ['g1', 'g2', 'g3'] as const) {
		const clock = new VirtualClock();
		const polyAi = await startPolyAi({
			clock,
			versions: version === 'g3' ? ['g3', 'conversations'] : [version],
		});
		const secret = version === 'g3' ? polyAi.apiKey : polyAi.token;
		// PolyAI may repeat in its message what it was sent.
		polyAi.fault({
			on: 'status',
			answer: 400,
			message: `${secret} may not call ${OWN_NUMBER}, call +44 20 7946 0999`,
			times: 1,
		});
		const { report, screen } = await visit([...accessTo(polyAi, version), ...CONFIRMED], { clock });
		const callSid = polyAi.journal.dials[0]!.callSid.replace('OUT-', '');
		expect(screen).not.toContain(secret);
		for (const hidden of [secret, '7946', callSid, '127.0.0.1']) {
			expect(report).not.toContain(hidden);
		}
		expect(report).toContain('may not call +12025550101');
	}
});

test("what people said, and other people's calls, are not in the report", async () => {
	const clock = new VirtualClock();
	const polyAi = await startPolyAi({ clock, versions: ['g3', 'conversations'] });
	const other = polyAi.receive('+442079460999', 'live');
	clock.now = (
		(now) => () =>
			now()
	)(clock.now);
	const { recording, report } = await visit([...accessTo(polyAi, 'g3'), ...CONFIRMED], { clock });
	const lists = recording.exchanges.filter(({ request }) => request.path.includes('/v3/'));
	expect(lists.at(-1)!.answer).toMatchObject({ rowsLeftOut: 1 });
	expect(report).not.toContain(other.replace('OUT-', ''));
	const conversation = recording.exchanges.find(({ answer }) => {
		return (answer?.body as Record<string, unknown>)?.turns;
	})!.answer!.body as { turns: Array<Record<string, string>>; direction: string };
	expect(conversation.direction).toBe('outbound');
	for (const turn of conversation.turns) {
		for (const said of Object.values(turn)) expect(said).toMatch(/^(<text of \d+ characters>)?$/);
	}
});

test('a long conversation still fits into an issue', () => {
	const turns = Array.from({ length: 400 }, () => ({ user_input: 'x'.repeat(200) }));
	const masked = new Mask([]).json({ turns }) as { turns: unknown[] };
	expect(masked.turns).toHaveLength(6);
	expect(masked.turns.at(-1)).toBe('<395 more>');
});

const digit = fc.constantFrom(...'0123456789');
const gap = fc.oneof(
	fc.constantFrom('', '', ' ', '-', '.', ' (', ') ', ' - ', '–', '‑', ' – ', '/', ', ', '\u00a0'),
	fc.stringMatching(/^[ -/:-@[-`{-~‐-―·]{0,3}$/),
);

test('no phone number shows, however it is written', () => {
	const written = fc
		.tuple(
			fc.constantFrom('', '+', '00'),
			fc.array(fc.tuple(digit, gap), { minLength: 7, maxLength: 15 }),
		)
		.map(([prefix, parts]) => prefix + parts.flat().join(''));
	fc.assert(
		fc.property(written, fc.lorem(), fc.lorem(), (number, before, after) => {
			const masked = new Mask([]).text(`${before} ${number}, ${after}`);
			const left = masked.replace(/\D/g, '');
			expect(left).toMatch(/^0*$/);
		}),
	);
});

test('no key or token shows, with or without digits', () => {
	const lower = fc.stringMatching(/^[a-z]{6,12}$/);
	const mixed = fc.stringMatching(/^[A-Za-z]{0,8}[a-z][A-Z]{2}[A-Za-z]{8,16}$/);
	const key = fc.oneof(
		mixed.map((word) => `secret_${word}_${word}`),
		fc.tuple(lower, lower, lower, lower).map((parts) => `${parts.join('-')}-1234abcd`),
		fc.stringMatching(/^[a-z]{24,40}$/).map((word) => `7${word}`),
	);
	fc.assert(
		fc.property(key, fc.lorem(), (word, around) => {
			const masked = new Mask([]).text(`${around} ${word}, ${around}`);
			expect(masked).toBe(`${around} <word of ${word.length} characters>, ${around}`);
		}),
	);
});

test.each(['abcdefgh-ijklmnop-qrstuvwx-1234abcd', 'secret_AbCdEfGhIjKlMnOpQrStUvWx'])(
	'%s is a key',
	(word) => {
		expect(new Mask([]).text(word)).toBe(`<word of ${word.length} characters>`);
	},
);

test.each([
	'020 - 7946 - 0321',
	'020–7946–0321',
	'020‑7946‑0321',
	'020/7946/0321',
	'07/94/60/32/11',
])('%s is a phone number', (number) => {
	expect(new Mask([]).text(number)).toBe(number.replace(/\d/g, '0'));
});

test.each(['lastUpdatedConversationTime', 'outbound_call_environment_name'])(
	'%s is the name of a field, which may be new, and stays',
	(name) => {
		expect(new Mask([]).json({ [name]: 1 })).toEqual({ [name]: 1 });
	},
);

test('a long text is cut, and it says by how much', () => {
	const masked = new Mask([]).json({ page: 'x y '.repeat(200) }, SHOWS_ALL) as { page: string };
	expect(masked.page).toMatch(/^(x y ){125} … <300 more characters>$/);
});

test('a secret is hidden wherever it stands, in any case, also inside other words and in a URL', () => {
	fc.assert(
		fc.property(fc.string({ minLength: 8 }), fc.string(), fc.string(), (secret, before, after) => {
			fc.pre(
				secret.trim() !== '' &&
					!`${before}<secret>${after}`.toLowerCase().includes(secret.toLowerCase()),
			);
			const mask = new Mask([{ text: secret, means: '<secret>' }]);
			for (const text of [before + secret + after, `/a?b=${encodeURIComponent(secret)}&c`]) {
				expect(mask.text(text).toLowerCase()).not.toContain(secret.toLowerCase());
			}
		}),
	);
});

test('times stay, and the same call SID keeps the same name', () => {
	const mask = new Mask([]);
	const sid = '550e8400-e29b-41d4-a716-446655440000';
	const [one, other] = [`OUT-${sid} at 2026-11-27T10:00:00.123Z`, sid.toUpperCase()].map((text) =>
		mask.text(text),
	);
	expect(one).toBe('OUT-00000000-0000-4000-8000-000000000001 at 2026-11-27T10:00:00.123Z');
	expect(other).toBe('00000000-0000-4000-8000-000000000001');
});

import { findingsOf } from '../../../scripts/live/findings.mts';
import { recordingOf, type Recording } from '../../../scripts/live/recording.mts';
import type { Simulator, SimulatorOptions } from '../../simulator/server.mts';
import { PROFILE_NAMES } from '../../simulator/profiles.mts';
import type { VersionName } from '../../simulator/versions/apiVersion.mts';
import { accessTo, CONFIRMED, OWN_NUMBER, visit } from '../../support/unit/live/visit.mts';
import { ALL_SPOKEN, SPOKEN } from '../../support/unit/simulator/polyAiClient.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';
import { VirtualClock } from '../../support/unit/virtualClock.mts';

async function started(version: VersionName, options: SimulatorOptions = {}) {
	const clock = new VirtualClock();
	const versions: VersionName[] = version === 'g3' ? ['g3', 'conversations'] : [version];
	const sleep = async (ms: number) => await clock.sleep(ms);
	const polyAi = await startPolyAi({ clock, sleep, versions, ...options });
	return { polyAi, clock, access: accessTo(polyAi, version) };
}

function seen(recording: Recording): Record<string, string> {
	return Object.fromEntries(
		findingsOf(recording).map(({ question, answer }) => [question, answer]),
	);
}

function dialed({ journal }: Simulator): string[] {
	return journal.dials.map(({ number }) => number);
}

test.each(ALL_SPOKEN)(
	'%s: one call is placed and followed until it is forgotten',
	async (version) => {
		const { polyAi, clock, access } = await started(version, { unknownCall: 400 });
		const { recording, report, screen } = await visit([...access, ...CONFIRMED], { clock });

		expect(dialed(polyAi)).toEqual([OWN_NUMBER]);
		// The report hides it: on the screen, its owner finds it.
		expect(screen).toContain(`Call SID: ${polyAi.journal.dials[0]?.callSid}`);
		expect(recording).toMatchObject({ verdict: 'placed', rang: '1', end: { status: 'success' } });
		expect(recording.credentialTest).toBe('Connection successful');
		expect(report).toContain('Nothing: every answer is as described.');
		const gone = version === 'g3' ? 400 : 404;
		expect(seen(recording)).toMatchObject({
			'What does an unknown call answer?': `bare SID → ${gone}; OUT-… → ${gone}`,
			'When is a call forgotten, and what does it answer then?': `120 minutes after its end → ${gone}`,
			'What does a 429 look like?': 'not seen',
			'Can a server error have called?': 'not seen',
		});
	},
);

test('the report says which path took the call, and what a call SID and a status look like', async () => {
	const g1 = await started('g1');
	const base = await visit([...g1.access, ...CONFIRMED], { clock: g1.clock });
	expect(seen(base.recording)).toMatchObject({
		'Which path places a call?': 'POST /v1/outbound-calling/trigger → 200',
		'What form does a call SID have?': expect.stringMatching(/^callSid: 0{8}-/),
		'Which fields does a status have?': 'callSid, status, created_at, last_updated',
	});

	const g2 = await started('g2', { unknownPath: 403, outcome: 'queue-timeout' });
	const legacy = await visit([...g2.access, ...CONFIRMED], { clock: g2.clock });
	expect(seen(legacy.recording)).toMatchObject({
		'Which path places a call?':
			'POST /v1/outbound-calling/trigger → 403; POST /v1/outbound-calling → 200',
		'What form does a call SID have?': expect.stringMatching(/^call_sid: OUT-0{8}-/),
		'Which fields does a status have?': 'status, reason',
		'Which reasons are there?': '""; "call queueing: max timeout limit exceeded"',
	});
	expect(dialed(g2.polyAi)).toEqual([OWN_NUMBER]);
});

test('with an API key, it says what the key may do and how late everything comes', async () => {
	const { clock, access } = await started('g3', { addedMs: 42_000 });
	const { recording } = await visit([...access, ...CONFIRMED], { clock });
	expect(seen(recording)).toMatchObject({
		'What may this token or key do?':
			'status 404/200; variants 200; call 200; conversation 200; recording 200; list 200',
		'Is the conversation known by the call SID?':
			expect.stringMatching(/^asked for (\S+), got \1$/),
		'How late are metrics, summary, score and turns?': expect.stringContaining(
			'metrics: 45 s after the end; shortSummary: 45 s',
		),
	});
});

const NOON = Date.UTC(2026, 10, 23, 12);
const AT_NIGHT = Date.UTC(2026, 10, 23, 2);

test.each<[string, string[], string, number]>([
	['nobody confirms it', [OWN_NUMBER, OWN_NUMBER, 'yes', 'call'], 'it was not confirmed', NOON],
	['no number is given', [], 'No number was given.', NOON],
	['the two numbers differ', [OWN_NUMBER, '+442079460322', 'call'], 'are not the same', NOON],
	['the number has no country code', ['02079460321', '02079460321', 'call'], '+', NOON],
	['the number is a premium one', ['+449098790000', '+449098790000', 'call'], 'premium-rate', NOON],
	[
		'it is night there',
		[OWN_NUMBER, OWN_NUMBER, 'call'],
		'Monday 02:00 in Europe/London',
		AT_NIGHT,
	],
])('no one is called if %s, and it says why', async (_case, answers, why, now) => {
	const polyAi = await startPolyAi({ versions: ['g2'] });
	const { recording, screen } = await visit([...accessTo(polyAi, 'g2'), ...answers], {
		clock: new VirtualClock(now),
	});
	expect(polyAi.journal.dials).toEqual([]);
	expect(recording.exchanges.filter(({ request }) => request.method !== 'GET')).toEqual([]);
	expect(screen).toMatch(/No call will be placed: /);
	expect(screen).toContain(why);
	expect(recording.credentialTest).toBe('Connection successful');
});

test.each(
	ALL_SPOKEN.flatMap((version) =>
		[429, 500, 502, 503, 504, 'reset', 'hangUp', 'garbage', 'empty'].map(
			(answer) => [version, answer] as const,
		),
	),
)(
	'%s: after the answer %s, nothing is sent again, and the report has it',
	async (version, answer) => {
		const { polyAi, clock, access } = await started(version);
		const { trigger: path } = SPOKEN[version];
		polyAi.fault({ path, answer: answer as 500, dials: true });
		const { recording, report } = await visit([...access, ...CONFIRMED], { clock });
		const sent = recording.exchanges.filter(({ request, answer }) => {
			return request.method === 'POST' && answer?.status !== 404;
		});
		expect(sent).toHaveLength(1);
		expect(dialed(polyAi)).toEqual([OWN_NUMBER]);
		expect(recording.verdict).not.toBe('placed');
		if (Number(answer) >= 500) {
			expect(report).toContain(
				`| Can a server error have called? | ${answer}; how often did the phone ring? 1 |`,
			);
		}
	},
);

test('a 429 is reported with what it asks for', async () => {
	const { polyAi, clock, access } = await started('g2');
	polyAi.fault({ on: 'trigger', answer: 429, retryAfter: 7, retryAfterAs: 'date' });
	const { recording } = await visit([...access, ...CONFIRMED], { clock });
	expect(seen(recording)['What does a 429 look like?']).toMatch(/^POST: retry-after: \w+, /);
	expect(polyAi.journal.dials).toEqual([]);
});

test('a person who has seen enough gets the report of what was seen, with the call in it', async () => {
	const { polyAi, clock, access } = await started('g1', { queuedMs: 60_000 });
	const enough = new AbortController();
	const { recording } = await visit([...access, ...CONFIRMED], {
		clock,
		enough: enough.signal,
		between: (send) => async (request) => {
			// Ctrl+C in the very moment at which the call is on its way.
			if (request.method === 'POST') enough.abort();
			return await send(request);
		},
	});
	expect(dialed(polyAi)).toEqual([OWN_NUMBER]);
	expect(recording).toMatchObject({
		verdict: 'placed',
		rang: expect.stringMatching(/asked early/),
	});
	expect(seen(recording)['What form does a call SID have?']).toMatch(/^callSid: /);
});

test('whatever goes wrong after the call was placed, there is a report with the call in it', async () => {
	const { polyAi, clock, access } = await started('g1');
	let requests = 0;
	const { recording } = await visit([...access, ...CONFIRMED], {
		clock,
		between: (send) => async (request) => {
			if (++requests === 7) throw new Error('Out of memory');
			return await send(request);
		},
	});
	expect(dialed(polyAi)).toEqual([OWN_NUMBER]);
	expect(recording).toMatchObject({ verdict: 'placed', brokeOff: 'Out of memory' });
	expect(seen(recording)['What form does a call SID have?']).toMatch(/^callSid: /);
});

test.each(
	ALL_SPOKEN.flatMap((version) => PROFILE_NAMES.map((profile) => [version, profile] as const)),
)(
	'%s: with the profile %s, the report is true and nobody is called twice',
	async (version, profile) => {
		for (let seed = 1; seed <= 8; seed++) {
			const { polyAi, clock, access } = await started(version, { profile, seed });
			const { recording } = await visit([...access, ...CONFIRMED], { clock });

			const rang = polyAi.journal.counts.dials;
			const { verdict } = recording;
			expect(dialed(polyAi)).toEqual(rang === 0 ? [] : [OWN_NUMBER]);
			if (verdict === 'placed') expect(rang).toBe(1);
			else if (rang === 1) expect(verdict).toBe('outcomeUnknown');
			const told = recording.exchanges.map(({ again }) => 1 + (again?.times ?? 0));
			const sent = recording.exchanges.flatMap(({ answer, noAnswer }) => answer ?? noAnswer ?? []);
			expect(sum(told)).toBe(polyAi.journal.requests.length);
			expect(sent).toHaveLength(recording.exchanges.length);
			const limited = polyAi.journal.requests.some(({ answer }) => answer?.status === 429);
			expect(seen(recording)['What does a 429 look like?'] === 'not seen').toBe(!limited);
		}
	},
);

function sum(numbers: number[]): number {
	return numbers.reduce((all, one) => all + one, 0);
}

test('whoever presses Ctrl+C before the call is sent is not called', async () => {
	const { polyAi, clock, access } = await started('g2');
	const enough = new AbortController();
	const { recording, screen } = await visit([...access, ...CONFIRMED], {
		clock,
		enough: enough.signal,
		between: (send) => async (request) => {
			const answer = await send(request);
			// The first path says that there is nothing: the second one is not asked.
			if (request.method === 'POST') enough.abort();
			return answer;
		},
	});
	expect(recording.exchanges.filter(({ request }) => request.method === 'POST')).toHaveLength(1);
	expect(polyAi.journal.dials).toEqual([]);
	expect(screen).toContain('No call was placed');
});

test('there is something to report at any moment from the call on', async () => {
	const { clock, access } = await started('g3');
	const kept: Array<string | undefined> = [];
	await visit([...access, ...CONFIRMED], {
		clock,
		keep: (seenSoFar) => void kept.push(recordingOf(seenSoFar, '0.1.0').verdict),
	});
	expect(kept.slice(0, 3)).toEqual([undefined, 'outcomeUnknown', 'placed']);
	expect(kept.length).toBeGreaterThan(20);
});

test('after an unclear answer, the phone has time to ring before the question comes', async () => {
	const { polyAi, clock, access } = await started('g1');
	polyAi.fault({ on: 'trigger', answer: 503, dials: true });
	const start = clock.now();
	await visit([...access, ...CONFIRMED], { clock });
	expect(clock.now() - start).toBeGreaterThanOrEqual(2 * 60_000);
});

test('a call that is not known at once is followed all the same', async () => {
	const { polyAi, clock, access } = await started('g1');
	polyAi.fault({ on: 'status', answer: 404, times: 6 });
	const { recording } = await visit([...access, ...CONFIRMED], { clock });
	expect(recording.end?.status).toBe('success');
});

test('Ctrl+C after the end is not told as PolyAI forgetting the call', async () => {
	const { clock, access } = await started('g3');
	const enough = new AbortController();
	const { recording } = await visit([...access, ...CONFIRMED], {
		clock,
		enough: enough.signal,
		between: (send) => async (request) => {
			if (request.url.includes('/conversations/')) enough.abort();
			return await send(request);
		},
	});
	expect(recording.end?.status).toBe('success');
	expect(recording.forgottenAfter).toBeUndefined();
});

test('what PolyAI says about the token is not on the screen', async () => {
	const { polyAi, clock, access } = await started('g1');
	polyAi.fault({ on: 'trigger', answer: 400, message: `${polyAi.token} may not call` });
	const { screen } = await visit([...access, ...CONFIRMED], { clock });
	expect(screen).toContain('••• may not call');
	expect(screen).not.toContain(polyAi.token);
});

import type { IDataObject } from 'n8n-workflow';
import { OUTCOME_NAMES, type Outcome } from '../simulator/calls/outcomes.mts';
import { askForMany, useConversations } from '../support/engine/conversations.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import { agentsCredentialFor, credentialFor, numbers, polyAi } from '../support/engine/polyAi.mts';

beforeEach(() => {
	useFastClock();
	useConversations();
	polyAi.set({ callingMs: 0 });
});

const [ann, bob] = numbers(2) as [string, string];

/** A call that has ended; `conversations` for one that somebody made to the agent. */
function talk(
	number = ann,
	outcome: Outcome = 'success',
	more: { version?: 'g3' | 'conversations'; environment?: string; variantId?: string } = {},
): string {
	const { version = 'g3', environment = 'live', variantId } = more;
	const order = { number, environment, metadata: {}, variantId };
	polyAi.set({ outcomeScript: [outcome] });
	return polyAi.calls.place(order, version).sid;
}

const sidsOf = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.callSid);
const pages = () => polyAi.journal.requests.filter(({ operation }) => operation === 'list').length;

test('all conversations come out, each with how it went', async () => {
	const sids = [talk(ann), talk(bob, 'voicemail'), talk(ann, 'busy')];
	const { items } = await askForMany();
	expect(sidsOf(items).sort()).toEqual([...sids].sort());
	const outcomes = new Map(items.map(({ json }) => [json.callSid, json.outcome]));
	expect(sids.map((sid) => outcomes.get(sid))).toEqual(['answered', 'voicemail', 'notReached']);
	const [first] = items.filter(({ json }) => json.callSid === sids[0]);
	expect(first?.json).toMatchObject({
		status: 'success',
		direction: 'outbound',
		phoneNumber: ann,
		transcript: expect.stringContaining('User: Yes'),
	});
});

test('without Simplify they come as PolyAI’s list has them', async () => {
	const callSid = talk();
	const { items } = await askForMany({ fields: { simple: false } });
	expect(items.map(({ json }) => json)).toEqual([
		expect.objectContaining({ id: callSid, to_number: ann, num_turns: 2, in_progress: false }),
	]);
});

test('each is paired with the item that asked', async () => {
	talk();
	const { items } = await askForMany({ items: [{}, {}] });
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
});

test('where there are none, nothing comes out', async () => {
	const { items, error } = await askForMany();
	expect([items, error]).toEqual([[], undefined]);
});

test('of many pages each conversation comes out once', async () => {
	const sids = Array.from({ length: 600 }, () => talk());
	const { items } = await askForMany();
	expect(sidsOf(items).sort()).toEqual(sids.sort());
	expect(pages()).toBe(3);
});

test('up to a limit no more is read than is needed', async () => {
	for (let more = 600; more > 0; more--) talk();
	const { items } = await askForMany({ fields: { returnAll: false, limit: 10 } });
	expect(items).toHaveLength(10);
	expect(pages()).toBe(1);
});

test.each([false, true])(
	'while the list grows nothing is left out and nothing comes twice (pages shift: %s)',
	async (pagesShift) => {
		polyAi.set({ pagesShift });
		const before = Array.from({ length: 600 }, () => talk());
		const newest = polyAi.calls.all().at(-1);
		polyAi.fault(({ operation }) => {
			if (operation !== 'list') return undefined;
			talk();
			// One that began earlier is listed only now.
			const sid = talk();
			Object.assign(polyAi.calls.find(sid) as object, { placedAt: newest?.placedAt });
			return undefined;
		});
		const { items } = await askForMany();
		const sids = sidsOf(items) as string[];
		expect(new Set(sids).size).toBe(sids.length);
		expect(before.filter((sid) => !sids.includes(sid))).toEqual([]);
	},
);

test('ten thousand come out', async () => {
	for (let more = 10_000; more > 0; more--) talk();
	const { items } = await askForMany();
	expect(new Set(sidsOf(items)).size).toBe(10_000);
	expect(pages()).toBe(40);
});

describe('Filters', () => {
	test('by outcome', async () => {
		const sids = OUTCOME_NAMES.map((name) => [name, talk(ann, name)] as const);
		const { items } = await askForMany({ filters: { outcome: ['voicemail', 'notReached'] } });
		const not = new Set(['voicemail', 'no-answer', 'busy', 'declined', 'invalid-number', 'error']);
		const wanted = sids.filter(([name]) => not.has(name)).map(([, sid]) => sid);
		expect(sidsOf(items)).toEqual(expect.arrayContaining(wanted));
		for (const { json } of items) expect(['voicemail', 'notReached']).toContain(json.outcome);
	});

	test('by direction; of a call to the agent the number is that of who called', async () => {
		const [to, from] = [talk(ann), talk(bob, 'success', { version: 'conversations' })];
		const inbound = (await askForMany({ filters: { direction: 'inbound' } })).items;
		expect(inbound.map(({ json }) => [json.callSid, json.phoneNumber])).toEqual([[from, bob]]);
		expect(sidsOf((await askForMany({ filters: { direction: 'outbound' } })).items)).toEqual([to]);
	});

	test.each(['+44 20 7946 0101', '0044 20 7946 0101'])('by number: %s', async (phoneNumber) => {
		talk(ann);
		const sid = talk(bob);
		expect(sidsOf((await askForMany({ filters: { phoneNumber } })).items)).toEqual([sid]);
	});

	test('a number without its country is refused in words', async () => {
		const { error } = await askForMany({ filters: { phoneNumber: '020 7946 0101' } });
		expect(error?.message).toContain('does not say which country it is in');
	});

	test('by environment and by variant, which PolyAI’s list does not tell', async () => {
		const sandbox = talk(ann, 'success', { environment: 'sandbox' });
		const [, other] = [talk(ann), talk(ann, 'success', { variantId: 'other' })];
		const fields = { environment: 'sandbox' };
		expect(sidsOf((await askForMany({ fields })).items)).toEqual([sandbox]);
		for (const variantId of ['other', { __rl: true, mode: 'list', value: 'other' }]) {
			expect(sidsOf((await askForMany({ filters: { variantId } })).items)).toEqual([other]);
		}
	});

	test('by time, as the clock of the workflow shows it where no zone is written', async () => {
		const at = (time: string) => {
			const sid = talk();
			Object.assign(polyAi.calls.find(sid) as object, { placedAt: Date.parse(time) });
			return sid;
		};
		const [, noon] = [at('2026-03-02T09:00:00Z'), at('2026-03-02T12:00:00Z')];
		at('2026-03-02T15:00:00Z');
		const filters = {
			startedAfter: '2026-03-02T06:30:00',
			startedBefore: '={{ DateTime.fromISO("2026-03-02T13:00:00Z") }}',
		};
		// The engine of the tests is in New York, as n8n is unless somebody says otherwise.
		const { items } = await askForMany({ filters });
		expect(sidsOf(items)).toEqual([noon]);
		const { error } = await askForMany({ filters: { startedAfter: 'yesterday' } });
		expect(error?.message).toBe("'Started After' is not a date and time");
	});
});

test('a page that cannot be read fails the item in words', async () => {
	for (let more = 300; more > 0; more--) talk();
	let page = 0;
	polyAi.fault(({ operation }) => {
		return operation === 'list' && ++page === 2 ? { answer: 403 } : undefined;
	});
	const { items, error } = await askForMany();
	expect(items).toEqual([]);
	expect(error?.message).toContain("This API key doesn't have permission for this agent");
});

test.each([
	['with the token', { authentication: 'apiToken' }, 'Reading conversations requires an API key'],
	['without a workspace', { workspaceId: ' ' }, "The 'Workspace ID' cannot be used"],
	['with another workspace', { workspaceId: 'ws-x' }, 'does not list the conversations'],
	['with a limit that is none', { returnAll: false, limit: '={{ 0 }}' }, "'Limit' must be"],
])('%s what is wrong is said', async (_, fields, words) => {
	const { error } = await askForMany({
		credentials: { ...credentialFor(polyAi), ...agentsCredentialFor(polyAi) },
		fields,
	});
	expect(error?.message).toContain(words);
});

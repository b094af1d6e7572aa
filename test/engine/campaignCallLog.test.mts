import type { INodeParameters } from 'n8n-workflow';
import { wallClock } from '../../nodes/n8n/wallClock.ts';
import type { LogRow } from '../../nodes/shared/callLog/logRow.ts';
import { add, on, pass, people, PLAN, runOnce } from '../support/engine/campaign.mts';
import { n8n } from '../support/engine/dataTable.mts';
import {
	call,
	credentialFor,
	dialed,
	expectNobodyRungTwice,
	numbers,
	polyAi,
} from '../support/engine/polyAi.mts';

const HOUR_MS = 60 * 60_000;
const [ann, bob, cem] = numbers(3) as [string, string, string];

const LOG = { callLog: { __rl: true, mode: 'name', value: 'Calls' } };
const ONCE_A_DAY = { ...LOG, notCalledWithin: 24 };

const logged = () => n8n.table.rows.map(({ phoneNumber, callSid }) => ({ phoneNumber, callSid }));

/** A call of some other workflow, so many hours ago. */
function earlier(hoursAgo: number, row: Partial<LogRow> = {}): string {
	const triggeredAt = new Date(wallClock.now() - hoursAgo * HOUR_MS).toISOString();
	const empty = { reason: null, metadata: null, callKey: null, environment: null, claim: null };
	const ended = { callSid: 'SID', status: 'failure', finishedAt: triggeredAt };
	const ids = { workflowId: 'another', executionId: '1' };
	n8n.table.insert({ ...empty, ...ended, ...ids, phoneNumber: ann, triggeredAt, ...row });
	return triggeredAt;
}

/** The same person is called by a node of another workflow that shares the log. */
async function callElsewhere(phones: string[], options: INodeParameters = ONCE_A_DAY) {
	const tables = { polyAiDataTablesApi: { baseUrl: n8n.url, apiKey: 'k' } };
	return await call(phones, { credentials: { ...credentialFor(polyAi), ...tables }, options });
}

describe('a run with a call log', () => {
	test('adds a row for every call, as Trigger does', async () => {
		await add([ann, bob], { metadata: { fields: [{ name: 'first_name', value: 'Ann' }] } });
		await runOnce(LOG);
		const sids = polyAi.calls.all().map(({ sid }) => sid);
		expect(n8n.table.rows).toHaveLength(2);
		expect(n8n.table.rows[0]).toMatchObject({
			...{ phoneNumber: ann, status: 'queued', finishedAt: null },
			metadata: '{"first_name":"Ann"}',
			executionId: expect.stringMatching(/./),
		});
		expect(logged().map(({ callSid }) => callSid)).toEqual(expect.arrayContaining(sids));
		expect(people.rows.map(({ callSid }) => callSid).sort()).toEqual(sids.sort());
	});

	test('whom it calls is known to be called to other workflows', async () => {
		await add([ann]);
		await runOnce(LOG);
		const { items } = await callElsewhere([ann, bob]);
		expect(items[0]?.json).toMatchObject({ status: 'skipped', skipReason: 'calledRecently' });
		expect(dialed()).toEqual([ann, bob]);
	});

	test('a call that PolyAI refuses has a row that says so, and keeps no one from calling', async () => {
		polyAi.fault({ on: 'trigger', answer: 400, numbers: [ann], times: 1 });
		await add([ann]);
		expect(await runOnce(LOG)).toMatchObject([{ outcome: 'refused' }]);
		expect(n8n.table.rows[0]).toMatchObject({
			...{ callSid: null, status: 'failure', reason: expect.stringMatching(/^Not placed: /) },
		});
		await callElsewhere([ann]);
		expect(dialed()).toEqual([ann]);
	});

	test('while the log can’t be written no one is called, it says why, and everyone stays due', async () => {
		await add([ann, bob]);
		n8n.faults = Array(4).fill({ status: 400, body: { message: 'no more space' } }) as never;
		const { error } = await on('run', { items: [{}], fields: PLAN, options: LOG });
		expect(error?.description).toMatch(/^No call was placed\./);
		expect(dialed()).toEqual([]);
		expect(people.rows).toMatchObject([
			{ state: 'waiting', attempts: '0', claim: null },
			{ state: 'waiting', attempts: '0', claim: null },
		]);
		n8n.faults = [];
		await runOnce(LOG);
		expect(dialed().sort()).toEqual([ann, bob]);
	});

	test('with no one due neither the log nor the do-not-call list is asked for', async () => {
		n8n.names = [];
		await add([ann], { callFrom: '2026-11-24T10:00:00Z' });
		people.requests.length = 0;
		const missing = { list: { table: { __rl: true, mode: 'name', value: 'Nobody' } } };
		expect(await runOnce({ ...ONCE_A_DAY, doNotCallList: missing })).toEqual([]);
		expect(people.requests).toHaveLength(2);
		expect(n8n.table.requests).toEqual([]);
	});
});

describe('Not Called Within', () => {
	test('who was called too recently by another workflow waits until then, and has lost no attempt', async () => {
		const at = earlier(5);
		await add([ann, bob]);
		const out = await runOnce({ ...LOG, notCalledWithin: 30 });
		expect(out.map(({ phoneNumber }) => phoneNumber)).not.toContain(ann);
		expect(dialed()).toEqual([bob]);
		expect(people.rows[0]).toMatchObject({
			...{ state: 'waiting', attempts: '0', claim: null, lastCallAt: null },
			nextCallAt: new Date(Date.parse(at) + 30 * HOUR_MS).toISOString(),
		});
		pass(24 * 60);
		await runOnce({ ...LOG, notCalledWithin: 30 });
		expect(dialed()).toEqual([bob]);
		pass(2 * 60);
		await runOnce({ ...LOG, notCalledWithin: 30 });
		expect(dialed()).toEqual([bob, ann]);
	});

	test('the moment at which it is over is moved into the calling hours', async () => {
		// Until 22:00.
		earlier(0);
		await add([ann]);
		await runOnce({ ...LOG, notCalledWithin: 12 });
		expect(people.rows[0]?.nextCallAt).toBe('2026-11-24T09:00:00.000Z');
	});

	test('if it is over only after Call Until, the campaign ends and says both', async () => {
		earlier(5);
		await add([ann], { callUntil: '2026-11-23T18:00:00Z' });
		expect(await runOnce(ONCE_A_DAY)).toMatchObject([
			{
				...{ phoneNumber: ann, outcome: 'expired', attempts: 0 },
				reason: `${ann} was last called at 2026-11-23 05:00 UTC. No call is placed after 2026-11-23T18:00:00.000Z.`,
			},
		]);
		expect(dialed()).toEqual([]);
	});

	test('the campaign’s own calls follow Try Again After', async () => {
		polyAi.set({ outcome: 'no-answer' });
		await add([ann]);
		await runOnce(ONCE_A_DAY);
		pass(5);
		await runOnce(ONCE_A_DAY);
		expect(dialed()).toEqual([ann]);
		pass(31);
		await runOnce(ONCE_A_DAY);
		expect(dialed()).toEqual([ann, ann]);
	});

	test('a call by others after the campaign’s own one counts', async () => {
		polyAi.set({ outcome: 'no-answer' });
		await add([ann]);
		await runOnce(ONCE_A_DAY);
		pass(5);
		await runOnce(ONCE_A_DAY);
		pass(10);
		await callElsewhere([ann], LOG);
		pass(21);
		await runOnce(ONCE_A_DAY);
		expect(dialed()).toEqual([ann, ann]);
		expect(people.rows[0]).toMatchObject({ state: 'waiting', attempts: '1' });
	});

	test('two people with the same number don’t ring it twice', async () => {
		await add([ann, ann, bob]);
		await runOnce(ONCE_A_DAY);
		expect(dialed().sort()).toEqual([ann, bob]);
	});

	test('of a run and another workflow that ask at the same moment one calls', async () => {
		await add([ann, bob, cem]);
		await Promise.all([runOnce(ONCE_A_DAY), callElsewhere([ann, bob, cem])]);
		expectNobodyRungTwice();
		expect(dialed()).toHaveLength(3);
	});

	test.each([
		['was certainly not placed doesn’t count', { callSid: null }, [ann]],
		['may have been placed counts', { callSid: null, status: 'unknown', finishedAt: null }, []],
	])('a call that %s', async (_, row, called) => {
		earlier(5, row);
		await add([ann]);
		await runOnce(ONCE_A_DAY);
		expect(dialed()).toEqual(called);
	});

	test('a call at a time that no one can read ends it, and says where', async () => {
		earlier(5, { triggeredAt: 'yesterday' });
		await add([ann]);
		expect(await runOnce(ONCE_A_DAY)).toMatchObject([
			{ outcome: 'refused', reason: expect.stringContaining('“yesterday” in its column') },
		]);
		expect(dialed()).toEqual([]);
	});

	test('the log is read for everyone who is due at once', async () => {
		const all = numbers(20);
		for (const phoneNumber of all) earlier(5, { phoneNumber });
		await add(all);
		await runOnce(ONCE_A_DAY, { maxLiveCalls: 100 });
		expect(n8n.table.requests).toHaveLength(1);
		expect(people.rows.filter(({ attempts }) => attempts === '0')).toHaveLength(20);
	});

	test('if the log can’t be read no one is called, and it says why', async () => {
		n8n.names = ['Calls', 'Calls'];
		await add([ann]);
		const { error } = await on('run', { items: [{}], fields: PLAN, options: ONCE_A_DAY });
		expect(error?.message).toMatch(/^There are 2 data tables named “Calls”/);
		expect(error?.description).toMatch(/^No call was placed\./);
		expect(dialed()).toEqual([]);
		expect(people.rows[0]).toMatchObject({ state: 'waiting', attempts: '0', claim: null });
	});

	test('if its rows can’t be read no one is even claimed', async () => {
		await add([ann]);
		n8n.table.send = async () => ({ status: 400, body: { message: 'no' }, headers: {} });
		const { error } = await on('run', { items: [{}], fields: PLAN, options: ONCE_A_DAY });
		expect(error?.description).toMatch(/^No call was placed\./);
		expect(dialed()).toEqual([]);
		expect(people.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
	});

	test('without a call log no one is called, and it says what is missing', async () => {
		await add([ann]);
		const options = { notCalledWithin: 24 };
		const { error } = await on('run', { items: [{}], fields: PLAN, options });
		expect(error?.message).toBe("'Not Called Within' needs a call log");
		expect(dialed()).toEqual([]);
	});
});

test('a call whose row can’t be completed is named in a hint', async () => {
	await add([ann]);
	n8n.updateFaults = [{ status: 400 }];
	const { hints } = await on('run', { items: [{}], fields: PLAN, options: LOG });
	expect(dialed()).toEqual([ann]);
	expect(hints[0]?.message).toContain(`${ann}: The call was placed, but`);
});

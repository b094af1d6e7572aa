import { n8n as table } from '../support/engine/dataTable.mts';
import {
	call as place,
	credentialFor,
	numbers,
	polyAi,
	sidsOf,
} from '../support/engine/polyAi.mts';
import { Poller, type PollEngine } from '../support/engine/poller.mts';
import { startProcess, type Process } from '../support/engine/process.mts';
import { runNode } from '../support/engine/runNode.mts';

let n8n: Process;
beforeEach(() => {
	n8n = startProcess();
	polyAi.set({ outcome: 'never-ends', magicNumbers: false, queuedMs: 0 });
});

/** It never goes back: what waits for a time would wait forever. */
let clockIsAheadBy = 0;
const now = Date.now.bind(Date);
jest.spyOn(Date, 'now').mockImplementation(() => now() + clockIsAheadBy);

function given() {
	return {
		parameters: { source: 'callLog', callLog: 'Calls' },
		credentials: {
			...credentialFor(polyAi),
			polyAiDataTablesApi: { baseUrl: table.url, apiKey: 'key-of-n8n' },
		},
	};
}

/** Calls people and writes their calls down, as another process of n8n does. */
async function call(count: number): Promise<string[]> {
	const { credentials } = given();
	const { items } = await place(numbers(count), { credentials, options: { callLog: 'Calls' } });
	return sidsOf(items).map(String);
}

async function reported(poller: Poller): Promise<unknown[]> {
	clockIsAheadBy += 60_000;
	return sidsOf((await poller.poll()) ?? []).sort();
}

describe.each<PollEngine>(['A', 'B', 'C'])('poll engine %s', (engine) => {
	test('every call is reported once, also after n8n was started again', async () => {
		const callSids = await call(4);
		const poller = new Poller({ node: n8n.PolyAiOutboundTrigger, engine, ...given() });
		expect(await reported(poller)).toEqual([]);
		for (const callSid of callSids.slice(0, 2)) polyAi.finish(callSid);
		expect(await reported(poller)).toEqual(callSids.slice(0, 2).sort());
		expect(await reported(poller)).toEqual([]);
		n8n = startProcess();
		poller.restart(n8n.PolyAiOutboundTrigger);
		for (const callSid of callSids.slice(2)) polyAi.finish(callSid, 'busy');
		expect(await reported(poller)).toEqual(callSids.slice(2).sort());
		for (let minutes = 0; minutes < 4; minutes++) expect(await reported(poller)).toEqual([]);
		const ends = table.table.rows.map(({ status, finishedAt }) => [status, finishedAt !== null]);
		expect(ends).toEqual([
			['success', true],
			['success', true],
			['failure', true],
			['failure', true],
		]);
	});

	test('a call that n8n took over and died before it was recorded is not repeated', async () => {
		const [callSid] = await call(1);
		polyAi.finish(callSid!);
		const poller = new Poller({ node: n8n.PolyAiOutboundTrigger, engine, ...given() });
		expect(await reported(poller)).toEqual([callSid]);
		// n8n is killed in the second before the row is closed.
		n8n = startProcess();
		poller.restart(n8n.PolyAiOutboundTrigger);
		for (let minutes = 0; minutes < 4; minutes++) expect(await reported(poller)).toEqual([]);
		expect(table.table.rows[0]).toMatchObject({ status: 'success', reason: null });
		expect(table.table.rows[0]?.finishedAt).not.toBeNull();
	});
});

test('two of the same trigger at once report a call once', async () => {
	const callSids = await call(6);
	for (const callSid of callSids) polyAi.finish(callSid);
	const pollers = [startProcess(), startProcess()].map(({ PolyAiOutboundTrigger: node }) => {
		return new Poller({ node, ...given() });
	});
	const reports = await Promise.all(pollers.map(reported));
	expect(reports.flat().sort()).toEqual([...callSids].sort());
});

test('events that were not chosen are written down and start nothing', async () => {
	const [answered, missed] = await call(2);
	const { credentials, parameters } = given();
	const poller = new Poller({
		node: n8n.PolyAiOutboundTrigger,
		credentials,
		parameters: { ...parameters, events: ['failure'] },
	});
	polyAi.finish(answered!);
	expect(await reported(poller)).toEqual([]);
	expect(table.table.rows[0]).toMatchObject({ status: 'success', reason: null });
	polyAi.finish(missed!, 'busy');
	expect(await reported(poller)).toEqual([missed]);
});

test('a log that cannot be read fails the poll in words, but never the first one', async () => {
	const { credentials, parameters } = given();
	const poller = new Poller({
		node: n8n.PolyAiOutboundTrigger,
		credentials,
		parameters: { ...parameters, callLog: 'Other' },
	});
	expect(await poller.poll()).toBeNull();
	await expect(poller.poll()).rejects.toThrow('There is no data table “Other” for the call log');
});

test('a credential of which an imported workflow has only the name is asked for', async () => {
	const poller = new Poller({ node: n8n.PolyAiOutboundTrigger, credentialId: null, ...given() });
	expect(await poller.poll()).toBeNull();
	await expect(poller.poll()).rejects.toThrow(/^No credential for PolyAI .*API is chosen$/);
});

test('a log that is chosen by its name may be made later, with the first call', async () => {
	const { credentials, parameters } = given();
	const callLog = { __rl: true, mode: 'name', value: 'PolyAI calls' };
	const listening = { credentials, parameters: { ...parameters, callLog } };
	const poller = new Poller({ node: n8n.PolyAiOutboundTrigger, ...listening });
	expect(await reported(poller)).toEqual([]);
	expect(await reported(poller)).toEqual([]);
	expect(table.names).toEqual(['Calls']);
	const shown = await runNode({ node: n8n.PolyAiOutboundTrigger, ...listening });
	expect(shown.error?.message).toBe('There is no data table “PolyAI calls” yet');
	expect(shown.error?.description).toContain('the same in both nodes');

	const { items } = await place(numbers(1), { credentials, options: { callLog } });
	const [callSid] = sidsOf(items);
	polyAi.finish(String(callSid));
	expect(await reported(poller)).toEqual([callSid]);
});

describe('with Keep Ended Calls', () => {
	const DAY_MS = 24 * 3_600_000;
	const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

	/** Rows of calls that ended so many days ago; 0 stands for one that has not ended. */
	async function rowsEnded(...days: number[]): Promise<void> {
		await call(days.length);
		for (const [index, row] of table.table.rows.entries()) {
			const finishedAt = days[index] === 0 ? null : daysAgo(days[index]!);
			Object.assign(row, { finishedAt, status: finishedAt ? 'success' : 'queued' });
		}
	}

	function listener(options: object) {
		const { credentials, parameters } = given();
		const node = n8n.PolyAiOutboundTrigger;
		return new Poller({
			node,
			credentials,
			parameters: { ...parameters, options: { ...options } },
		});
	}

	const ages = () => table.table.rows.map(({ finishedAt }) => finishedAt);

	test('rows of calls that ended before are deleted, those that are open or have a call key stay', async () => {
		await rowsEnded(31, 29, 0, 400);
		table.table.rows[3]!.callKey = 'appointment 7';
		const [, young, open, named] = ages();
		await listener({ keepEndedCalls: 30 }).poll();
		expect(ages()).toEqual([young, open, named]);
	});

	test('they stay for good without it', async () => {
		await rowsEnded(31, 4000);
		await listener({}).poll();
		expect(ages()).toHaveLength(2);
	});

	test('n8n is asked once an hour', async () => {
		const poller = listener({ keepEndedCalls: 30 });
		for (let minute = 0; minute < 61; minute++) await reported(poller);
		const deletions = table.table.requests.filter(({ method }) => method === 'DELETE');
		// A call key that was never there, and one that a person has emptied.
		expect(deletions).toHaveLength(2 * 2);
	});

	test('a key that may not delete fails a poll in words, and keeps no call from being reported', async () => {
		const [callSid] = await call(1);
		const poller = listener({ keepEndedCalls: 30 });
		await poller.poll();
		clockIsAheadBy += 3_600_000;
		table.updateFaults = [{ status: 403, body: { message: 'Forbidden' } }];
		await expect(poller.poll()).rejects.toThrow('lacks the scope dataTableRow:delete');
		polyAi.finish(callSid!);
		clockIsAheadBy += 3_600_000;
		table.updateFaults = [{ status: 403, body: { message: 'Forbidden' } }];
		expect(await reported(poller)).toEqual([callSid]);
	});
});

test('Fetch Test Event shows the last end in the log, changes nothing, or says what to do', async () => {
	const fetchTestEvent = async () => {
		return await runNode({ node: n8n.PolyAiOutboundTrigger, ...given() });
	};
	const nothing = await fetchTestEvent();
	expect(nothing.error?.message).toBe('There is no call yet that has ended');
	expect(nothing.error?.description).toContain("option 'Call Log'");
	const [callSid] = await call(1);
	polyAi.finish(callSid!);
	const event = {
		callSid,
		status: 'success',
		executionId: expect.stringMatching(/^\d+$/) as string,
	};
	expect((await fetchTestEvent()).items[0]?.json).toMatchObject(event);
	expect(table.table.rows[0]).toMatchObject({ status: 'queued', finishedAt: null });
	const poller = new Poller({ node: n8n.PolyAiOutboundTrigger, ...given() });
	expect(await reported(poller)).toEqual([callSid]);
	expect((await fetchTestEvent()).items[0]?.json).toMatchObject(event);
});

test('a call that was refused is neither reported nor shown: it has no end', async () => {
	const poller = new Poller({ node: n8n.PolyAiOutboundTrigger, ...given() });
	const [callSid] = await call(1);
	polyAi.finish(callSid!);
	expect(await reported(poller)).toEqual([callSid]);
	polyAi.fault({ on: 'trigger', answer: 400, times: 1 });
	clockIsAheadBy += 60_000;
	await call(1);
	expect(table.table.rows[1]).toMatchObject({ callSid: null, status: 'failure' });
	expect(await reported(poller)).toEqual([]);
	const shown = await runNode({ node: n8n.PolyAiOutboundTrigger, ...given() });
	expect(sidsOf(shown.items)).toEqual([callSid]);
});

describe('whatever a person has done to the table', () => {
	const listen = () => new Poller({ node: n8n.PolyAiOutboundTrigger, ...given() });

	test.each(['', null])('emptied cells (%j) keep no call from being reported', async (empty) => {
		const callSids = await call(2);
		Object.assign(table.table.rows[0]!, { status: empty, reason: empty, claim: empty });
		Object.assign(table.table.rows[1]!, { finishedAt: empty, phoneNumber: empty, metadata: empty });
		for (const callSid of callSids) polyAi.finish(callSid);
		expect(await reported(listen())).toEqual([...callSids].sort());
	});

	test.each(['', null, 'yesterday'])('%j as its time keeps no call open forever', async (time) => {
		const [callSid] = await call(1);
		table.table.rows[0]!.triggeredAt = time;
		polyAi.expire(callSid!);
		const poller = listen();
		expect(await reported(poller)).toEqual([]);
		const [item] = (await poller.poll()) ?? [];
		expect(item?.json).toMatchObject({ callSid, status: 'unavailable' });
		expect(item?.json).not.toHaveProperty('triggeredAt');
	});

	test('a row whose end was emptied is reported once more', async () => {
		const [callSid] = await call(1);
		polyAi.finish(callSid!);
		expect(await reported(listen())).toEqual([callSid]);
		n8n = startProcess();
		Object.assign(table.table.rows[0]!, { finishedAt: '', claim: null });
		expect(await reported(listen())).toEqual([callSid]);
	});
});

test('what was seen is reported as it was seen, though n8n refused to write it down for hours', async () => {
	const [callSid] = await call(1);
	polyAi.finish(callSid!, 'busy');
	const poller = new Poller({ node: n8n.PolyAiOutboundTrigger, ...given() });
	// More than enough: the trigger of an earlier test may still close a row, a second after its items.
	table.updateFaults = Array.from({ length: 50 }, () => ({
		status: 400,
		body: { message: 'Full' },
	}));
	expect(await reported(poller)).toEqual([]);
	for (let polls = 0; polls < 2; polls++) await expect(reported(poller)).rejects.toThrow('Full');
	table.updateFaults = [];
	polyAi.expire(callSid!);
	clockIsAheadBy += 3 * 60 * 60_000;
	const [item] = (await poller.poll()) ?? [];
	expect(item?.json).toMatchObject({ callSid, status: 'failure' });
});

test('an end that somebody took over keeps its time', async () => {
	const [callSid] = await call(1);
	const finishedAt = new Date(Date.now() - 600_000).toISOString();
	const claim = `${new Date(Date.now() - 300_000).toISOString()} of somebody who died`;
	Object.assign(table.table.rows[0]!, { status: 'failure', reason: 'busy', finishedAt, claim });
	const poller = new Poller({ node: n8n.PolyAiOutboundTrigger, ...given() });
	const [item] = (await poller.poll()) ?? [];
	expect(item?.json).toMatchObject({ callSid, status: 'failure', reason: 'busy', finishedAt });
	expect(table.table.rows[0]).toMatchObject({ finishedAt });
});

import type { TableFault } from '../support/unit/dataTable.mts';
import { n8n } from '../support/engine/dataTable.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	call,
	credentialFor,
	dialed,
	numbers,
	polyAi,
	type Run,
} from '../support/engine/polyAi.mts';

beforeEach(() => useFastClock());

const REFUSED = { status: 400, body: { message: "unknown column name 'reason'" } };

async function callAndLog(count: number, given: Run = {}) {
	const credentials = {
		...credentialFor(polyAi),
		polyAiDataTablesApi: { baseUrl: n8n.url, apiKey: 'key-of-n8n' },
	};
	const options = { callLog: 'Calls', ...given.options };
	return await call(numbers(count), { ...given, credentials, options });
}

test('each accepted call has its row, which says who placed it', async () => {
	const { items, error } = await callAndLog(3, { executionId: '17' });
	expect(error).toBeUndefined();
	expect(n8n.table.rows.map(({ callSid }) => callSid).sort()).toEqual(
		items.map(({ json }) => json.callSid).sort(),
	);
	expect(n8n.table.rows.find(({ callSid }) => callSid === items[0]?.json.callSid)).toEqual({
		callSid: items[0]?.json.callSid,
		status: 'queued',
		phoneNumber: items[0]?.json.phoneNumber,
		reason: null,
		triggeredAt: items[0]?.json.triggeredAt,
		finishedAt: null,
		workflowId: expect.any(String),
		executionId: '17',
		metadata: null,
		callKey: null,
		claim: null,
		environment: null,
		id: expect.any(Number),
	});
});

test('the row has what the voice agent was told', async () => {
	const metadata = { fields: [{ name: 'phone', value: '={{ $json.phone }}' }] };
	await callAndLog(3, { options: { maxConcurrency: 1, metadata } });
	expect(n8n.table.rows.map((row) => row.metadata)).toEqual(
		numbers(3).map((phone) => JSON.stringify({ phone })),
	);
});

test('the row is there before PolyAI is asked to call: it says that nobody knows yet', async () => {
	const rows: unknown[] = [];
	polyAi.fault(({ operation }) => {
		if (operation === 'trigger') rows.push(...structuredClone(n8n.table.rows));
		return undefined;
	});
	await callAndLog(1);
	expect(rows).toEqual([
		expect.objectContaining({ callSid: null, status: 'unknown', finishedAt: null }),
	]);
});

test('a call whose outcome is unknown stays so in its row, which says why', async () => {
	polyAi.fault({ on: 'trigger', answer: 'reset', dials: true });
	const { items } = await callAndLog(1, { onError: 'continueRegularOutput' });
	expect(items[0]?.json.error).toMatchObject({ code: 'outcomeUnknown' });
	expect(n8n.table.rows).toEqual([
		expect.objectContaining({
			callSid: null,
			status: 'unknown',
			reason: "PolyAI didn't confirm whether this call was placed",
			finishedAt: null,
		}),
	]);
});

test('a call that PolyAI refused has a row that says so', async () => {
	polyAi.fault({ on: 'trigger', answer: 400 });
	await callAndLog(1, { onError: 'continueRegularOutput' });
	expect(n8n.table.rows).toEqual([
		expect.objectContaining({
			callSid: null,
			status: 'failure',
			reason: expect.stringMatching(/^Not placed: PolyAI/),
			finishedAt: expect.any(String),
		}),
	]);
});

test.each<[string, TableFault[]]>([
	['n8n is busy', [{ status: 503 }, { status: 500 }]],
	['the connection breaks before it is written', ['lostBefore']],
	['the connection breaks after it was written', ['lostAfter']],
])('where %s, the row is written all the same, and once', async (_, faults) => {
	n8n.faults = faults;
	const { items } = await callAndLog(1);
	expect(items[0]?.json).not.toHaveProperty('callLogProblem');
	expect(n8n.table.rows).toHaveLength(1);
});

test('where no row can be written, nobody is called', async () => {
	n8n.faults = [REFUSED];
	const { error } = await callAndLog(3, { options: { maxConcurrency: 1 } });
	expect(error?.message).toContain("unknown column name 'reason'");
	expect(error?.description).toMatch(/^No call was placed/);
	expect(dialed()).toEqual([]);
});

test('an n8n that stays away is waited for once, and not for every call', async () => {
	n8n.faults = Array<TableFault>(200).fill({ status: 503 });
	const { items } = await callAndLog(3, {
		options: { maxConcurrency: 1 },
		onError: 'continueRegularOutput',
	});
	const inserts = n8n.table.requests.flatMap(({ method, body }) => {
		return method === 'POST' ? (body as { data: Array<{ phoneNumber: string }> }).data : [];
	});
	const tries = numbers(3).map((number) => {
		return inserts.filter(({ phoneNumber }) => phoneNumber === number).length;
	});
	expect(tries).toEqual([expect.any(Number), 1, 1]);
	expect(tries[0]).toBeGreaterThan(5);
	expect(items.map(({ json }) => json.error)).toEqual(
		numbers(3).map((phoneNumber) => expect.objectContaining({ phoneNumber })),
	);
	expect(dialed()).toEqual([]);
});

test('a call SID that cannot be written is reported on the item; the call was placed and is not repeated', async () => {
	n8n.updateFaults = [REFUSED];
	const { items, error } = await callAndLog(2, { options: { maxConcurrency: 1 } });
	expect(error).toBeUndefined();
	expect(items[0]?.json).toMatchObject({
		callSid: expect.any(String),
		status: 'queued',
		callLogProblem: expect.stringMatching(
			/^The call was placed, but its call SID could not be written into the call log.+unknown column name 'reason'/,
		),
	});
	expect(items[0]?.json).not.toHaveProperty('error');
	expect(items[1]?.json).not.toHaveProperty('callLogProblem');
	expect(dialed()).toHaveLength(2);
});

test('a second try of Retry On Fail writes the call SID that is missing, and calls nobody again', async () => {
	n8n.updateFaults = ['none', REFUSED];
	const [, , third] = numbers(3);
	let refusals = 1;
	polyAi.fault(({ number }) => {
		return number === third && refusals-- > 0 ? { answer: 400 } : undefined;
	});
	const { items, calls } = await callAndLog(3, {
		retryOnFail: true,
		options: { maxConcurrency: 1 },
	});
	expect(calls).toBe(2);
	expect(items.map(({ json }) => json.callLogProblem)).toEqual([undefined, undefined, undefined]);
	const placed = n8n.table.rows.filter(({ callSid }) => callSid !== null);
	expect(placed.map(({ phoneNumber }) => phoneNumber)).toEqual(numbers(3));
	expect(placed.map(({ callSid }) => callSid)).toEqual(items.map(({ json }) => json.callSid));
	expect(dialed()).toEqual(numbers(3));
});

test('a log that cannot be used is told before anybody is phoned', async () => {
	const { error } = await callAndLog(2, { options: { callLog: 'Other' } });
	expect(error?.message).toBe('There is no data table “Other” for the call log');
	expect(dialed()).toEqual([]);
});

describe('a log that is chosen by a name', () => {
	const callLog = { __rl: true, mode: 'name', value: 'PolyAI calls' };

	test('that no table has is made with the first call', async () => {
		const { items } = await callAndLog(2, { options: { callLog } });
		expect(n8n.names).toEqual(['Calls', 'PolyAI calls']);
		expect(n8n.table.rows.map(({ callSid }) => callSid).sort()).toEqual(
			items.map(({ json }) => json.callSid).sort(),
		);
		await callAndLog(1, { options: { callLog } });
		expect(n8n.names).toEqual(['Calls', 'PolyAI calls']);
	});

	test('and cannot be made is told before anybody is phoned', async () => {
		n8n.tableFaults = [403];
		const { error } = await callAndLog(2, { options: { callLog } });
		expect(error?.message).toContain('lacks the scope dataTable:create');
		expect(dialed()).toEqual([]);
	});
});

test.each<[string, TableFault, string]>([
	[
		'the API key may not write rows',
		{ status: 403, body: { message: 'Forbidden' } },
		'lacks the scope dataTableRow:create',
	],
	[
		'the data tables are full',
		{ status: 400, body: { message: 'Data table size limit exceeded: 201MB used' } },
		'The data tables of n8n are full: Data table size limit exceeded: 201MB used',
	],
])('where %s, that is said and nobody is called', async (_, fault, words) => {
	n8n.faults = Array<TableFault>(20).fill(fault);
	const { items } = await callAndLog(3, { onError: 'continueRegularOutput' });
	for (const { json } of items) {
		expect((json.error as { message: string }).message).toContain(words);
	}
	expect(dialed()).toEqual([]);
});

test('where no credential is chosen for the log, that is said and nobody is called', async () => {
	const { error } = await call(numbers(2), { options: { callLog: 'Calls' } });
	expect(error?.message).toBe('No credential for PolyAI Data Tables API is chosen');
	expect(dialed()).toEqual([]);
});

import type { IDataObject } from 'n8n-workflow';
import { outputOf } from '../n8n/restClient.mts';
import { until } from '../n8n/until.mts';
import { createCallLog, listRequest, type CallLogTable } from './callLogTable.mts';
import { startInstance, type Instance } from './instance.mts';
import { callWorkflow, EVERY_TEN_SECONDS, node, to } from './workflow.mts';

jest.setTimeout(300_000);

let n8n: Instance;
let log: CallLogTable;
beforeAll(async () => {
	n8n = await startInstance();
	n8n.polyAi.set({ outcome: 'never-ends', magicNumbers: false });
	log = await createCallLog(n8n, 'Calls of the shop');
});
afterAll(async () => await n8n?.close());
beforeEach(() => n8n.polyAi.journal.reset());

async function call(rows: IDataObject[], callLog: IDataObject | string) {
	const workflow = callWorkflow(n8n, rows, {
		resource: 'call',
		operation: 'trigger',
		phoneNumber: '={{ $json.phone }}',
		options: { callLog },
	});
	const placing = workflow.nodes.at(-1) as { credentials?: object };
	placing.credentials = { ...placing.credentials, polyAiCallLogApi: log.credential };
	const { id } = await n8n.client.createWorkflow(workflow);
	const execution = await n8n.client.run(id, 'Start');
	return { execution, items: outputOf(execution, 'PolyAI').map(({ json }) => json) };
}

const byName = { __rl: true, mode: 'name', value: 'calls of the shop' };

async function listen(): Promise<string> {
	const { id } = await n8n.client.createWorkflow({
		name: 'Listening',
		nodes: [
			{
				...node('Ended', 'n8n-nodes-polyai.polyAiOutboundTrigger', 1, {
					pollTimes: { item: EVERY_TEN_SECONDS },
					source: 'callLog',
					callLog: byName,
					events: ['success', 'failure', 'unavailable'],
				}),
				credentials: { polyAiApi: n8n.credential, polyAiCallLogApi: log.credential },
			},
			node('Result', 'n8n-nodes-base.noOp', 1, {}),
		],
		connections: { Ended: to('Result') },
	});
	await n8n.client.activate(id);
	return id;
}

async function reported(workflowId: string): Promise<IDataObject[]> {
	const executions = await n8n.client.executions(workflowId);
	const all = await Promise.all(executions.map(async ({ id }) => await n8n.client.execution(id)));
	return all.flatMap((one) => outputOf(one, 'Result').map(({ json }) => json));
}

describe('the credential test says what is wrong', () => {
	const tested = async (changes: IDataObject) => {
		const apiKey = await n8n.client.createApiKey();
		const data = { baseUrl: n8n.n8n.url, apiKey, ...changes };
		return await n8n.client.testCredential('polyAiCallLogApi', data);
	};

	test.each([
		['as it is', {}, 'Connection successful'],
		['with a wrong key', { apiKey: 'wrong' }, 'n8n refused the API key'],
		['with an address where nothing is', { baseUrl: 'http://127.0.0.1:9' }, 'could not be reached'],
		['with an address that is none', { baseUrl: 'my n8n' }, 'cannot be used'],
	])('%s', async (_, changes, words) => {
		expect((await tested(changes)).message).toContain(words);
	});

	test('with an address that is not n8n’s', async () => {
		expect((await tested({ baseUrl: n8n.polyAi.url })).message).toContain('There is no n8n');
	});
});

test('the list offers the tables, and a new one only once', async () => {
	const again = await createCallLog(n8n, 'Calls of the shop');
	expect(again.id).toBe(log.id);
	const { results } = await n8n.client.request<{ results: object[] }>(
		'POST',
		'/rest/dynamic-node-parameters/resource-locator-results',
		{ ...listRequest(log.credential), methodName: 'searchCallLogs' },
	);
	expect(results).toContainEqual({ name: 'Calls of the shop', value: log.id });
});

test('of many that claim a row at once, n8n gives it to one', async () => {
	const { id, api } = await createCallLog(n8n, 'Claims');
	const rows = `/data-tables/${id}/rows`;
	await api('POST', rows, { data: [{ callSid: 'one', status: 'queued' }], returnType: 'count' });
	const filters = ['callSid', 'status'].map((columnName, index) => ({
		columnName,
		condition: 'eq',
		value: ['one', 'queued'][index],
	}));
	const claim = { filter: { type: 'and', filters }, data: { status: 'success' }, returnData: true };
	const claims = Array.from({ length: 20 }, async () => {
		return await api<object[]>('PATCH', `${rows}/update`, claim);
	});
	const changed = (await Promise.all(claims)).map(({ length }) => length);
	expect(changed.sort()).toEqual([...Array<number>(19).fill(0), 1]);
});

test('each call has its row, is reported once, and its row tells the end; also when n8n is killed', async () => {
	const phones = Array.from({ length: 30 }, (_, index) => `+44207946${1000 + index}`);
	const { items, execution } = await call(
		phones.map((phone) => ({ phone })),
		byName,
	);
	expect(items.map(({ callLogProblem }) => callLogProblem)).toEqual(phones.map(() => undefined));
	const sids = items.map(({ callSid }) => String(callSid));
	expect((await log.rows()).map(({ callSid, status }) => [callSid, status]).sort()).toEqual(
		sids.map((callSid) => [callSid, 'queued']).sort(),
	);
	const listening = await listen();
	for (const callSid of sids.slice(0, 10)) n8n.polyAi.finish(callSid);
	for (const callSid of sids.slice(10, 15)) n8n.polyAi.finish(callSid, 'busy');
	const closed = async () => (await log.rows()).filter(({ finishedAt }) => finishedAt !== null);
	await until('15 rows are closed', async () => (await closed()).length === 15 || undefined);
	await n8n.n8n.kill();
	for (const callSid of sids.slice(15)) n8n.polyAi.finish(callSid);
	await n8n.restart();
	await until('all rows are closed', async () => (await closed()).length === 30 || undefined);

	const reports = await reported(listening);
	expect(reports.map(({ callSid }) => String(callSid)).sort()).toEqual([...sids].sort());
	const first = reports.find(({ callSid }) => callSid === sids[0]);
	expect(first).toEqual({
		callSid: sids[0],
		status: 'success',
		phoneNumber: phones[0],
		triggeredAt: items[0]?.triggeredAt,
		finishedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
		workflowId: execution.workflowId,
		executionId: execution.id,
	});
	const rows = new Map((await log.rows()).map((row) => [row.callSid, row]));
	for (const { callSid, status, reason, finishedAt } of reports) {
		const row = rows.get(String(callSid));
		expect(row).toMatchObject({ status, reason: reason ?? null, finishedAt });
	}
});

test('a log that does not exist stops the run before anybody is phoned', async () => {
	const { execution } = await call([{ phone: '+442079460018' }], 'No such table');
	expect(execution.status).toBe('error');
	expect(execution.data.resultData.error?.message).toContain('no data table “No such table”');
	expect(n8n.polyAi.journal.dials).toEqual([]);
});

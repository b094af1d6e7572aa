import type { IDataObject } from 'n8n-workflow';
import { DATA_TABLES_SCOPES, outputOf } from '../support/n8n/restClient.mts';
import { until } from '../support/n8n/until.mts';
import { createCallLog, listRequest, type CallLogTable } from '../support/e2e/callLogTable.mts';
import { describeWith, HAS, testWith } from '../support/e2e/capabilities.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';
import { callWorkflow, EVERY_TEN_SECONDS, node, to } from '../support/e2e/workflow.mts';

jest.setTimeout(600_000);

describeWith(HAS.dataTables)('the call log in the data tables of n8n', () => {
	let n8n: Instance;
	let log: CallLogTable;
	beforeAll(async () => {
		n8n = await startInstance();
		n8n.polyAi.set({ outcome: 'never-ends', magicNumbers: false });
		log = await createCallLog(n8n, 'Calls of the shop');
	});
	afterAll(async () => await n8n?.close());
	beforeEach(() => n8n.polyAi.journal.reset());

	async function call(
		rows: IDataObject[],
		callLog: IDataObject | string,
		credential = log.credential,
		options: IDataObject = { callLog },
	) {
		const workflow = callWorkflow(n8n, rows, {
			resource: 'call',
			operation: 'trigger',
			phoneNumber: '={{ $json.phone }}',
			options,
		});
		const placing = workflow.nodes.at(-1) as { credentials?: object };
		placing.credentials = { ...placing.credentials, polyAiDataTablesApi: credential };
		const { id } = await n8n.client.createWorkflow(workflow);
		const execution = await n8n.client.run(id, 'Start');
		return { execution, items: outputOf(execution, 'PolyAI').map(({ json }) => json) };
	}

	const byName = { __rl: true, mode: 'name', value: 'calls of the shop' };

	async function listen(callLog = byName, options = {}): Promise<string> {
		const { id } = await n8n.client.createWorkflow({
			name: 'Listening',
			nodes: [
				{
					...node('Ended', 'n8n-nodes-polyai.polyAiOutboundTrigger', 1, {
						pollTimes: { item: EVERY_TEN_SECONDS },
						source: 'callLog',
						callLog,
						options,
						events: ['success', 'failure', 'unavailable'],
					}),
					credentials: { polyAiApi: n8n.credential, polyAiDataTablesApi: log.credential },
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
			return await n8n.client.testCredential('polyAiDataTablesApi', data);
		};

		test.each([
			['as it is', {}, 'Connection successful'],
			['without an address: n8n knows its own', { baseUrl: '' }, 'Connection successful'],
			['with a wrong key', { apiKey: 'wrong' }, 'n8n refused the API key'],
			[
				'with an address where nothing is',
				{ baseUrl: 'http://127.0.0.1:9' },
				'could not be reached at http://127.0.0.1:9',
			],
			['with an address that is none', { baseUrl: 'my n8n' }, 'cannot be used'],
		])('%s', async (_, changes, words) => {
			expect((await tested(changes)).message).toContain(words);
		});

		test('with an address that is not n8n’s', async () => {
			expect((await tested({ baseUrl: n8n.polyAi.url })).message).toContain('There is no n8n');
		});

		testWith(HAS.scopesOfKeys).each([
			'dataTable:list',
			'dataTable:create',
			'dataTableRow:create',
			'dataTableRow:update',
		])('with a key that lacks the scope %s', async (scope) => {
			const others = DATA_TABLES_SCOPES.filter((one) => one !== scope);
			const apiKey = await n8n.client.createApiKey(others);
			expect((await tested({ apiKey })).message).toContain(`lacks the scope ${scope}.`);
		});
	});

	test('the list offers the tables, and a new one only once', async () => {
		const again = await createCallLog(n8n, 'Calls of the shop');
		expect(again.id).toBe(log.id);
		const { results } = await n8n.client.request<{ results: object[] }>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{ ...listRequest(log.credential), methodName: 'searchDataTables' },
		);
		expect(results).toContainEqual({ name: 'Calls of the shop', value: log.id });
	});

	test('nobody is called again within a day by another workflow with the same log', async () => {
		const rows = [{ phone: '+442079460190' }];
		const once = { callLog: byName, notCalledWithin: 24 };
		const [first] = (await call(rows, byName)).items;
		const { items } = await call(rows, byName, log.credential, once);
		expect(items[0]).toMatchObject({ skipReason: 'calledRecently' });
		const until = Date.parse(String(items[0]?.nextAllowedAt));
		expect(until - Date.parse(String(first?.triggeredAt))).toBe(24 * 60 * 60_000);
		expect(n8n.polyAi.journal.dials).toHaveLength(1);
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
		const claim = {
			filter: { type: 'and', filters },
			data: { status: 'success' },
			returnData: true,
		};
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
		const rowsOfThese = async () => {
			return (await log.rows()).filter(({ callSid }) => sids.includes(String(callSid)));
		};
		expect((await rowsOfThese()).map(({ callSid, status }) => [callSid, status]).sort()).toEqual(
			sids.map((callSid) => [callSid, 'queued']).sort(),
		);
		const listening = await listen();
		for (const callSid of sids.slice(0, 10)) n8n.polyAi.finish(callSid);
		for (const callSid of sids.slice(10, 15)) n8n.polyAi.finish(callSid, 'busy');
		const closed = async () => {
			return (await rowsOfThese()).filter(({ finishedAt, claim }) => finishedAt && !claim);
		};
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

	/** What the address of the call log's n8n is for those who leave it out. */
	async function credentialWith(apiKey: string) {
		const data = { baseUrl: '', apiKey };
		return await n8n.client.createCredential('polyAiDataTablesApi', data, 'API key alone');
	}

	test('an API key is all that a log needs: its table is made once, whoever is first', async () => {
		const credential = await credentialWith(await n8n.client.createApiKey());
		const callLog = { __rl: true, mode: 'name', value: 'PolyAI calls' };
		const listening = await listen(callLog);
		const runs = await Promise.all(
			[1, 2, 3, 4, 5].map(async (last) => {
				return await call([{ phone: `+44207946200${last}` }], callLog, credential);
			}),
		);
		const sids = runs.flatMap(({ items }) => items.map(({ callSid }) => String(callSid)));
		const { data } = await log.api<{ data: Array<{ name: string }> }>('GET', '/data-tables');
		expect(data.filter(({ name }) => name === 'PolyAI calls')).toHaveLength(1);

		for (const callSid of sids) n8n.polyAi.finish(callSid);
		const all = async () => {
			const reports = await reported(listening);
			return reports.length >= sids.length ? reports : undefined;
		};
		const reports = await until('all are reported', all);
		expect(reports.map(({ callSid }) => String(callSid)).sort()).toEqual(sids.sort());
	});

	test('rows of calls that ended long ago are deleted, where that is wanted', async () => {
		const { id, api } = await createCallLog(n8n, 'Old calls');
		const rows = `/data-tables/${id}/rows`;
		const ended = (callSid: string, finishedAt: string, callKey = '') => ({
			...{ callSid, status: 'success', finishedAt },
			...(callKey && { callKey }),
		});
		const now = new Date().toISOString();
		const data = [
			ended('old', '2020-01-31T10:00:00.000Z'),
			ended('new', now),
			ended('old, with a key', '2020-01-31T10:00:00.000Z', 'appointment 7'),
			{ callSid: 'refused long ago, never ended', status: 'unknown' },
		];
		await api('POST', rows, { data, returnType: 'count' });
		await listen({ __rl: true, mode: 'name', value: 'Old calls' }, { keepEndedCalls: 30 });
		const left = async () => {
			const found = await api<{ data: Array<{ callSid: string }> }>('GET', rows);
			const sids = found.data.map(({ callSid }) => callSid);
			return sids.length < data.length ? sids : undefined;
		};
		expect(await until('one is deleted', left)).toEqual(
			data.slice(1).map(({ callSid }) => callSid),
		);
	});

	testWith(HAS.scopesOfKeys).each(['dataTableRow:create', 'dataTableRow:update'])(
		'a key that lacks the scope %s is told in words',
		async (scope) => {
			const others = DATA_TABLES_SCOPES.filter((one) => one !== scope);
			const credential = await credentialWith(await n8n.client.createApiKey(others));
			const { execution, items } = await call([{ phone: '+442079463001' }], byName, credential);
			const said = execution.data.resultData.error?.message ?? items[0]?.callLogProblem;
			expect(said).toContain(`lacks the scope ${scope}`);
			// A row that can be written keeps the call from being placed again, even if it is never completed.
			expect(n8n.polyAi.journal.dials).toHaveLength(scope === 'dataTableRow:create' ? 0 : 1);
		},
	);

	test('data tables that are full stop the run before anybody is phoned, and are told in words', async () => {
		await n8n.close();
		n8n = await startInstance({ N8N_DATA_TABLES_MAX_SIZE_BYTES: '1000' });
		log = await createCallLog(n8n, 'Calls of the shop');
		const { execution } = await call([{ phone: '+442079460018' }], byName);
		const { message, description } = execution.data.resultData.error!;
		expect(message).toContain('The data tables of n8n are full');
		expect(description).toContain('Keep Ended Calls');
		expect(n8n.polyAi.journal.dials).toEqual([]);
	});

	test('a log that does not exist stops the run before anybody is phoned', async () => {
		const { execution } = await call([{ phone: '+442079460018' }], 'No such table');
		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toContain('no data table “No such table”');
		expect(n8n.polyAi.journal.dials).toEqual([]);
	});
});

import type { IDataObject } from 'n8n-workflow';
import { outputOf } from '../support/n8n/restClient.mts';
import { describeWith, HAS } from '../support/e2e/capabilities.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';
import { callWorkflow } from '../support/e2e/workflow.mts';

jest.setTimeout(600_000);

const [ann, bob, cem] = ['+442079460100', '+442079460101', '+442079460102'];

describeWith(HAS.dataTables)('a do-not-call list in the data tables of n8n', () => {
	let n8n: Instance;
	let credential: { id: string; name: string };
	let apiKey: string;
	beforeAll(async () => {
		n8n = await startInstance();
		n8n.polyAi.set({ outcome: 'never-ends', magicNumbers: false });
		apiKey = await n8n.client.createApiKey();
		const data = { baseUrl: n8n.n8n.url, apiKey };
		credential = await n8n.client.createCredential('polyAiDataTablesApi', data);
	});
	afterAll(async () => await n8n?.close());
	beforeEach(() => n8n.polyAi.journal.reset());

	async function run(phones: string[], parameters: IDataObject) {
		const workflow = callWorkflow(
			n8n,
			phones.map((phone) => ({ phone })),
			{ phoneNumber: '={{ $json.phone }}', defaultCountry: 'GB', ...parameters },
		);
		const placing = workflow.nodes.at(-1) as { credentials?: object };
		placing.credentials = { ...placing.credentials, polyAiDataTablesApi: credential };
		const { id } = await n8n.client.createWorkflow(workflow);
		const execution = await n8n.client.run(id, 'Start');
		const error = execution.data.resultData.error?.message;
		return { error, items: outputOf(execution, 'PolyAI').map(({ json }) => json) };
	}

	const onList = async (operation: string, phones: string[], options = {}) =>
		await run(phones, { resource: 'phoneNumber', operation, options });

	/** As n8n saves it: what is as it comes is left out. */
	const listed = { doNotCallList: { list: {} } };

	const called = async (phones: string[]) =>
		await run(phones, { resource: 'call', operation: 'trigger', options: listed });

	const dialed = () => n8n.polyAi.journal.dials.map(({ number }) => number);

	/** A person writes into the table. */
	async function write(cell: string): Promise<void> {
		const headers = { 'x-n8n-api-key': apiKey, 'content-type': 'application/json' };
		const api = `${n8n.n8n.url}/api/v1/data-tables`;
		const { data } = (await (await fetch(api, { headers })).json()) as {
			data: Array<{ id: string; name: string }>;
		};
		const id = data.find(({ name }) => name === 'PolyAI do-not-call list')?.id;
		const body = JSON.stringify({ data: [{ phoneNumber: cell }], returnType: 'count' });
		const answer = await fetch(`${api}/${id}/rows`, { method: 'POST', headers, body });
		expect(answer.ok).toBe(true);
	}

	test('that is not there lets nobody through', async () => {
		const { error } = await called([ann]);
		expect(error).toBe('There is no data table “PolyAI do-not-call list” for the do-not-call list');
		expect(dialed()).toEqual([]);
	});

	test('is made by Block; who is on it is not called, until unblocked', async () => {
		const reason = 'asked for it';
		const { items } = await onList('block', [bob, '020 7946 0101'], { reason });
		expect(items).toContainEqual({ phoneNumber: bob, isBlocked: true, isNew: true });
		await write('020 7946 0102');
		expect((await onList('isBlocked', [ann, bob, cem])).items).toEqual([
			{ phoneNumber: ann, isBlocked: false },
			{ phoneNumber: bob, isBlocked: true, reason },
			{ phoneNumber: cem, isBlocked: true },
		]);
		const skipped = (await called([ann, bob, cem])).items.map(({ skipReason }) => skipReason);
		expect(skipped).toEqual([undefined, 'onDoNotCallList', 'onDoNotCallList']);
		expect(dialed()).toEqual([ann]);

		await onList('unblock', [bob]);
		await called([bob, cem]);
		expect(dialed()).toEqual([ann, bob]);
	});

	test('with a cell that nobody can read stops everybody', async () => {
		await write('call me');
		const { error } = await called([ann]);
		expect(error).toContain("The do-not-call list “PolyAI do-not-call list” can't be read in row");
		expect(dialed()).toEqual([]);
	});
});

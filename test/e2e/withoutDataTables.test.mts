import { describeWith, HAS } from '../support/e2e/capabilities.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';
import { callWorkflow } from '../support/e2e/workflow.mts';

jest.setTimeout(600_000);

const NO_DATA_TABLES = /^There is no n8n with data tables at http:.+ from version 2\.7 on\./;

describeWith(!HAS.dataTables)('an n8n that opens its data tables to nobody', () => {
	let n8n: Instance;
	let polyAiDataTablesApi: { id: string; name: string };
	const data = { apiKey: 'key', baseUrl: '' };
	beforeAll(async () => {
		n8n = await startInstance();
		polyAiDataTablesApi = await n8n.client.createCredential('polyAiDataTablesApi', data);
	});
	afterAll(async () => await n8n?.close());

	test('is told by the test of the credential', async () => {
		const { status, message } = await n8n.client.testCredential('polyAiDataTablesApi', data);
		expect(status).toBe('Error');
		expect(message).toMatch(NO_DATA_TABLES);
	});

	test('is told by a run with a call log, before anybody is phoned', async () => {
		const workflow = callWorkflow(n8n, [{ phone: '+442079460018' }], {
			phoneNumber: '={{ $json.phone }}',
			options: { callLog: { __rl: true, mode: 'name', value: 'PolyAI calls' } },
		});
		const placing = workflow.nodes.at(-1) as { credentials?: object };
		placing.credentials = { ...placing.credentials, polyAiDataTablesApi };
		const { id } = await n8n.client.createWorkflow(workflow);
		const { message, description } = (await n8n.client.run(id, 'Start')).data.resultData.error!;
		expect(`${message}. ${description}`).toMatch(NO_DATA_TABLES);
		expect(n8n.polyAi.journal.dials).toEqual([]);
	});
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { outputOf } from '../n8n/restClient.mts';
import { dataTable, type DataTableOfN8n } from './dataTableOfN8n.mts';
import type { Instance } from './instance.mts';
import { callWorkflow, node, to } from './workflow.mts';

export const MAX_ATTEMPTS = 2;

/** People in a data table, a workflow that calls them, and someone who is told whose campaign has ended. */
export interface RunningCampaign {
	table: DataTableOfN8n;
	/** Everyone who came out, repeats included. */
	putOut: PersonOutput[];
	close(): Promise<void>;
}

interface PersonOutput {
	phoneNumber: string;
	outcome: string;
	attempts: number;
}

/** How PolyAI answers: calls are short, and four of ten people are not reached. */
export const SHORT_CALLS = {
	magicNumbers: false,
	latencyMs: 100,
	queuedMs: 300,
	callingMs: 1500,
	outcomeShares: { 'no-answer': 0.3, busy: 0.1 },
} as const;

/** Numbers of so many people, up to a thousand, that belong to nobody. */
export function numbersOf(count: number): string[] {
	return Array.from({ length: count }, (_, index) => {
		return `+442079460${String(index).padStart(3, '0')}`;
	});
}

const NAME = 'Reminders';

/** Every five seconds, while the run before may still be at work. */
const SCHEDULE = { field: 'cronExpression', expression: '*/5 * * * * *' };

/** At night, too: the test runs at any time. */
const ALWAYS = {
	from: '00:00',
	to: '00:00',
	days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
};

/** @param workflows so many run the same campaign at once */
export async function startCampaign(
	n8n: Instance,
	people: string[],
	workflows = 1,
): Promise<RunningCampaign> {
	const apiKey = await n8n.client.createApiKey();
	const data = { baseUrl: n8n.n8n.url, apiKey };
	const tables = await n8n.client.createCredential('polyAiDataTablesApi', data, 'Data tables');
	const table = await addPeople(n8n, people, apiKey, tables);
	const listener = await startListener();
	for (let index = 0; index < workflows; index++) {
		const { id } = await n8n.client.createWorkflow(runningWorkflow(n8n, tables, listener.url));
		await n8n.client.activate(id);
	}
	return { table, putOut: listener.putOut, close: listener.close };
}

/** In one execution, with which the campaign itself begins. */
async function addPeople(
	n8n: Instance,
	people: string[],
	apiKey: string,
	tables: { id: string; name: string },
): Promise<DataTableOfN8n> {
	const rows = people.map((phone) => ({ phone }));
	const parameters = {
		resource: 'campaign',
		operation: 'addPerson',
		campaign: { __rl: true, mode: 'name', value: NAME },
		phoneNumber: '={{ $json.phone }}',
	};
	// PolyAI isn't asked for anything.
	const withTables = { credentials: { polyAiDataTablesApi: tables } };
	const adding = callWorkflow(n8n, rows, parameters, withTables);
	const { id } = await n8n.client.createWorkflow(adding);
	const execution = await n8n.client.run(id, 'Start');
	const added = outputOf(execution, 'PolyAI').filter(({ json: { isNew } }) => isNew === true);
	if (added.length < people.length) {
		throw new Error(execution.data.resultData.error?.message ?? `Only ${added.length} are added`);
	}
	const { data } = await dataTable(n8n, apiKey, '').api<{
		data: Array<{ id: string; name: string }>;
	}>('GET', '/data-tables');
	return dataTable(n8n, apiKey, data.find(({ name }) => name === NAME)!.id);
}

function runningWorkflow(
	{ authentication, credential, credentialType }: Instance,
	tables: object,
	listenerUrl: string,
) {
	return {
		name: NAME,
		settings: { saveDataSuccessExecution: 'none' },
		nodes: [
			node('Schedule', 'n8n-nodes-base.scheduleTrigger', 1.2, { rule: { interval: [SCHEDULE] } }),
			{
				...node('Run', 'n8n-nodes-polyai.polyAiOutbound', 1, {
					authentication,
					resource: 'campaign',
					operation: 'run',
					campaign: { __rl: true, mode: 'name', value: NAME },
					callingHours: { window: ALWAYS },
					maxAttempts: MAX_ATTEMPTS,
					tryAgainAfter: '0.05',
					maxLiveCalls: 50,
					options: { maxConcurrency: 10, runFor: 6 },
				}),
				credentials: { [credentialType]: credential, polyAiDataTablesApi: tables },
			},
			node('Together', 'n8n-nodes-base.aggregate', 1, {
				aggregate: 'aggregateAllItemData',
				destinationFieldName: 'people',
				options: {},
			}),
			node('Tell', 'n8n-nodes-base.httpRequest', 4.2, {
				method: 'POST',
				url: listenerUrl,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ JSON.stringify($json) }}',
				options: {},
			}),
		],
		connections: { Schedule: to('Run'), Run: to('Together'), Together: to('Tell') },
	};
}

async function startListener() {
	const putOut: PersonOutput[] = [];
	const server = createServer((request, response) => {
		json(request).then(
			(body) => {
				putOut.push(...(body as { people: PersonOutput[] }).people);
				response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
			},
			// n8n was killed while it sent this.
			() => response.destroy(),
		);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		putOut,
		async close() {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
}

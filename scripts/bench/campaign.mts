import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { COLUMNS } from '../../nodes/shared/campaign/campaignRow.ts';
import { dataTable } from '../../test/support/e2e/dataTableOfN8n.mts';
import type { Instance } from '../../test/support/e2e/instance.mts';
import { node, to } from '../../test/support/e2e/workflow.mts';
import { numbers } from './measure.mts';
import { usageOf } from './processUsage.mts';

/** What runs of a campaign with many people cost. */
export interface CampaignCost {
	people: number;
	/** Of a run in which no one is due: requests to n8n's API, and CPU of the whole n8n process. */
	idleRequests: number;
	idleCpuMs: number;
	due: number;
	callsPerMinute: number;
	/** From the first to the last call. */
	seconds: number;
}

const DUE = 50;
const CALLS_PER_MINUTE = 600;
const ROWS_PER_REQUEST = 500;
const IDLE_RUNS = 5;

/** Puts this many people into a campaign, of whom few are due, and runs it. */
export async function measureCampaign(instance: Instance, people: number): Promise<CampaignCost> {
	const { client, n8n, polyAi } = instance;
	const apiKey = await client.createApiKey();
	const counter = await countRequestsTo(n8n.url);
	const data = { baseUrl: counter.url, apiKey };
	const tables = await client.createCredential('polyAiDataTablesApi', data, 'Counted');
	const { api } = dataTable(instance, apiKey, '');
	const columns = COLUMNS.map((name) => ({ name, type: 'string' }));
	const { id } = await api<{ id: string }>('POST', '/data-tables', { name: 'Campaign', columns });
	const rows = numbers(people).map((phoneNumber) => rowOf(phoneNumber, Date.now() + 86_400_000));
	for (let from = 0; from < rows.length; from += ROWS_PER_REQUEST) {
		const data = rows.slice(from, from + ROWS_PER_REQUEST);
		await api('POST', `/data-tables/${id}/rows`, { data, returnType: 'count' });
	}
	const workflow = await client.createWorkflow(runningWorkflow(instance, tables, id));
	await client.activate(workflow.id);
	const run = async () => await (await fetch(`${n8n.url}/webhook/campaign`)).text();
	await run();
	counter.reset();
	const before = usageOf(n8n.pid);
	for (let runs = IDLE_RUNS; runs > 0; runs--) await run();
	const idle = {
		idleRequests: counter.count() / IDLE_RUNS,
		idleCpuMs: (usageOf(n8n.pid).cpuMs - before.cpuMs) / IDLE_RUNS,
	};
	const due = numbers(people + DUE)
		.slice(people)
		.map((phoneNumber) => rowOf(phoneNumber, Date.now()));
	await api('POST', `/data-tables/${id}/rows`, { data: due, returnType: 'count' });
	polyAi.journal.reset();
	await run();
	await counter.close();
	const { dials } = polyAi.journal;
	if (dials.length !== DUE) throw new Error(`${dials.length} of ${DUE} people were called`);
	const seconds = ((dials.at(-1)?.at ?? 0) - (dials[0]?.at ?? 0)) / 1000;
	return { people, ...idle, due: DUE, callsPerMinute: CALLS_PER_MINUTE, seconds };
}

function rowOf(phoneNumber: string, nextCallAt: number) {
	const time = new Date(nextCallAt).toISOString();
	return { person: phoneNumber, phoneNumber, state: 'waiting', attempts: '0', nextCallAt: time };
}

/** Hands everything on, and counts it. */
async function countRequestsTo(target: string) {
	let requests = 0;
	const server = createServer(async (request, response) => {
		requests++;
		const { method = 'GET', url = '', headers } = request;
		const body = await text(request);
		const answer = await fetch(target + url, {
			method,
			headers: {
				'content-type': 'application/json',
				'x-n8n-api-key': String(headers['x-n8n-api-key']),
			},
			...(body && { body }),
		});
		response.writeHead(answer.status, { 'content-type': 'application/json' });
		response.end(await answer.text());
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		count: () => requests,
		reset: () => (requests = 0),
		close: async () => await new Promise((done) => server.close(done)),
	};
}

function runningWorkflow(
	{ authentication, credential, credentialType }: Instance,
	tables: object,
	tableId: string,
) {
	const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
	return {
		name: 'Campaign',
		settings: { saveDataSuccessExecution: 'none' },
		nodes: [
			{
				...node('Start', 'n8n-nodes-base.webhook', 2, {
					path: 'campaign',
					responseMode: 'lastNode',
				}),
				webhookId: 'campaign',
			},
			{
				...node('Run', 'n8n-nodes-polyai.polyAiOutbound', 1, {
					authentication,
					resource: 'campaign',
					operation: 'run',
					campaign: { __rl: true, mode: 'id', value: tableId },
					callingHours: { window: { from: '00:00', to: '00:00', days } },
					maxAttempts: 1,
					tryAgainAfter: '1440',
					maxLiveCalls: 100,
					options: { callsPerMinute: CALLS_PER_MINUTE },
				}),
				credentials: { [credentialType]: credential, polyAiDataTablesApi: tables },
			},
			node('Last', 'n8n-nodes-base.limit', 1, { maxItems: 1 }),
		],
		connections: { Start: to('Run'), Run: to('Last') },
	};
}

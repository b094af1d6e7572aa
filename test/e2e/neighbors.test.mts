import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { outputOf } from '../support/n8n/restClient.mts';
import { until } from '../support/n8n/until.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';
import { EVERY_TEN_SECONDS, node, to } from '../support/e2e/workflow.mts';

jest.setTimeout(600_000);

const [SLOW, QUICK, EARLY, LATE] = [131, 132, 133, 134].map((end) => `+442079460${end}`) as [
	string,
	string,
	string,
	string,
];

let n8n: Instance;
/** A feed, and behind `/lookup/` what a workflow asks about a row before it calls. */
let website: Server;
/** Of the feed; the first one is from before the workflow was published. */
let rows: string[];
/** Lookups that are answered when the test says so. */
let heldUp: ServerResponse[];

function feed(): string {
	const items = rows.map((phone, index) => {
		const date = new Date(Date.UTC(2026, 0, 1, index)).toUTCString();
		return `<item><title>${phone}</title><pubDate>${date}</pubDate></item>`;
	});
	return `<rss version="2.0"><channel><title>Rows</title>${items.join('')}</channel></rss>`;
}

beforeAll(async () => {
	website = createServer(({ url }, response) => {
		if (url === `/lookup/${SLOW}`) heldUp.push(response);
		else if (url?.startsWith('/lookup/')) response.end('{}');
		else response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed());
	});
	await new Promise<void>((done) => website.listen(0, '127.0.0.1', done));
});
beforeEach(async () => {
	rows = ['+442079460130'];
	heldUp = [];
	n8n = await startInstance();
});
afterEach(async () => await n8n?.close());
afterAll(async () => await new Promise((done) => website.close(done)));

/** n8n's own RSS Feed Trigger, and our node that calls every row after a lookup. */
function calling() {
	const { authentication, credential, credentialType } = n8n;
	const url = `http://127.0.0.1:${(website.address() as AddressInfo).port}`;
	return {
		nodes: [
			node('Row', 'n8n-nodes-base.rssFeedReadTrigger', 1, {
				feedUrl: `${url}/feed`,
				pollTimes: { item: EVERY_TEN_SECONDS },
			}),
			node('Lookup', 'n8n-nodes-base.httpRequest', 4.2, {
				url: `=${url}/lookup/{{ $json.title }}`,
				options: {},
			}),
			{
				...node('Call', 'n8n-nodes-polyai.polyAiOutbound', 1, {
					authentication,
					operation: 'trigger',
					phoneNumber: "={{ $('Row').item.json.title }}",
					options: {},
				}),
				credentials: { [credentialType]: credential },
			},
		],
		connections: { Row: to('Lookup'), Lookup: to('Call') },
	};
}

/** Our trigger for tracked calls. */
function listening(events: string[]) {
	const { authentication, credential, credentialType } = n8n;
	return {
		nodes: [
			{
				...node('Ended', 'n8n-nodes-polyai.polyAiOutboundTrigger', 1, {
					authentication,
					events,
					pollTimes: { item: EVERY_TEN_SECONDS },
				}),
				credentials: { [credentialType]: credential },
			},
			node('Result', 'n8n-nodes-base.noOp', 1, {}),
		],
		connections: { Ended: to('Result') },
	};
}

const ALL_EVENTS = ['success', 'failure', 'unavailable'];

/** Both in one workflow. */
function together(events: string[]) {
	const [placing, reporting] = [calling(), listening(events)];
	return {
		nodes: [...placing.nodes, ...reporting.nodes],
		connections: { ...placing.connections, ...reporting.connections },
	};
}

async function publish(workflow: object): Promise<string> {
	const { id } = await n8n.client.createWorkflow({ name: 'Rows of a feed', ...workflow });
	await n8n.client.activate(id);
	return id;
}

async function publishAnew(id: string, workflow: object): Promise<void> {
	const path = `/rest/workflows/${id}`;
	const { versionId } = await n8n.client.request<{ versionId: string }>('GET', path);
	await n8n.client.request('PATCH', path, { ...workflow, versionId });
	await n8n.client.activate(id);
}

const dials = (number: string) => n8n.polyAi.journal.dialsByNumber()[number] ?? 0;

async function appears(phone: string): Promise<void> {
	rows.push(phone);
	await until(`${phone} is called`, async () => dials(phone) > 0 || undefined);
}

/** Waits until so many items have come out of a node, in executions that have ended. */
async function comeOut(workflowId: string, nodeName: string, count: number): Promise<void> {
	await until(`${count} items have come out of ${nodeName}`, async () => {
		const executions = await n8n.client.executions(workflowId);
		const all = await Promise.all(executions.map(async ({ id }) => await n8n.client.execution(id)));
		const items = all.flatMap((one) => outputOf(one, nodeName));
		return items.length >= count || undefined;
	});
}

/** n8n starts again, and the feed has one row more; how often each of them was called. */
async function callsAfterRestart(workflowId: string, before: number) {
	await n8n.n8n.stop();
	await n8n.restart();
	await appears(LATE);
	await comeOut(workflowId, 'Call', before + 1);
	return n8n.polyAi.journal.dialsByNumber();
}

test('a row comes once, though the run before it ended later, and n8n was started again', async () => {
	await publish(listening(ALL_EVENTS));
	const workflowId = await publish(calling());
	rows.push(SLOW);
	const lookup = await until('the slow run has begun', () => heldUp[0]);
	await appears(QUICK);
	await comeOut(workflowId, 'Call', 1);
	lookup.end('{}');
	await comeOut(workflowId, 'Call', 2);
	expect(await callsAfterRestart(workflowId, 2)).toEqual({ [SLOW]: 1, [QUICK]: 1, [LATE]: 1 });
});

// n8n then registers that trigger alone, with a copy of the static data of that moment.
test('nor does it come again where our trigger beside it was changed and published anew', async () => {
	const workflowId = await publish(together(ALL_EVENTS));
	await publishAnew(workflowId, together(['success']));
	await appears(EARLY);
	await comeOut(workflowId, 'Result', 1);
	expect(await callsAfterRestart(workflowId, 1)).toEqual({ [EARLY]: 1, [LATE]: 1 });
});

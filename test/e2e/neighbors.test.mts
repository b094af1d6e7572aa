import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { outputOf } from '../n8n/restClient.mts';
import { until } from '../n8n/until.mts';
import { startInstance, type Instance } from './instance.mts';
import { EVERY_TEN_SECONDS, node, to } from './workflow.mts';

jest.setTimeout(400_000);

const SLOW = '+442079460131';
const QUICK = '+442079460132';
const NEXT = '+442079460133';

let n8n: Instance;
let feed: Server;
/** Of the feed; the first one is from before the workflow was published. */
const rows = ['+442079460130'];
const dateOf = (index: number) => new Date(Date.UTC(2026, 0, 1, index));

beforeAll(async () => {
	n8n = await startInstance();
	feed = createServer((_, response) => {
		const items = rows.map((phone, index) => {
			return `<item><title>${phone}</title><pubDate>${dateOf(index).toUTCString()}</pubDate></item>`;
		});
		response.writeHead(200, { 'content-type': 'application/rss+xml' });
		response.end(
			`<rss version="2.0"><channel><title>Rows</title>${items.join('')}</channel></rss>`,
		);
	});
	await new Promise<void>((done) => feed.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
	await n8n?.close();
	await new Promise((done) => feed.close(done));
});

/** n8n's own RSS Feed Trigger before our node, and beside them our trigger. */
async function publish(): Promise<string> {
	const { authentication, credential, credentialType } = n8n;
	const credentials = { [credentialType]: credential };
	const { port } = feed.address() as AddressInfo;
	const { id } = await n8n.client.createWorkflow({
		name: 'Rows of a feed',
		nodes: [
			node('Row', 'n8n-nodes-base.rssFeedReadTrigger', 1, {
				feedUrl: `http://127.0.0.1:${port}/`,
				pollTimes: { item: EVERY_TEN_SECONDS },
			}),
			{
				...node('Call', 'n8n-nodes-polyai.polyAiOutbound', 1, {
					authentication,
					operation: 'triggerAndWait',
					phoneNumber: '={{ $json.title }}',
					options: { pollInterval: 2, maxConcurrency: 1 },
				}),
				credentials,
			},
			{
				...node('Ended', 'n8n-nodes-polyai.polyAiOutboundTrigger', 1, {
					authentication,
					pollTimes: { item: EVERY_TEN_SECONDS },
				}),
				credentials,
			},
			node('Result', 'n8n-nodes-base.noOp', 1, {}),
		],
		connections: { Row: to('Call'), Ended: to('Result') },
	});
	await n8n.client.activate(id);
	return id;
}

const dials = (number: string) => n8n.polyAi.journal.dialsByNumber()[number] ?? 0;

async function appears(phone: string): Promise<void> {
	rows.push(phone);
	await until(`${phone} is called`, async () => dials(phone) > 0 || undefined);
}

/** Executions that the feed has started, and that have ended. */
async function endedRuns(workflowId: string): Promise<number> {
	const executions = await n8n.client.executions(workflowId);
	const all = await Promise.all(executions.map(async ({ id }) => await n8n.client.execution(id)));
	return all.filter((one) => outputOf(one, 'Call').length > 0).length;
}

test('a row comes once, though the run before it ended later, and n8n was started again', async () => {
	n8n.polyAi.set({ magicNumbers: false, outcomeByNumber: { [SLOW]: 'never-ends' } });
	const workflowId = await publish();
	await appears(SLOW);
	await appears(QUICK);
	await until('the quick run has ended', async () => {
		return (await endedRuns(workflowId)) >= 1 || undefined;
	});
	const slowCall = n8n.polyAi.journal.dials.find(({ number }) => number === SLOW);
	n8n.polyAi.finish(slowCall?.callSid ?? '');
	await until('the slow run has ended', async () => {
		return (await endedRuns(workflowId)) >= 2 || undefined;
	});

	await n8n.n8n.stop();
	await n8n.restart();
	await appears(NEXT);
	expect(n8n.polyAi.journal.dialsByNumber()).toEqual({ [SLOW]: 1, [QUICK]: 1, [NEXT]: 1 });
});

import { setTimeout as sleep } from 'node:timers/promises';
import type { Instance } from '../../test/support/e2e/instance.mts';
import { node, to } from '../../test/support/e2e/workflow.mts';
import { CallTracker } from '../../nodes/shared/tracking/callTracker.ts';
import { numbers } from './measure.mts';
import { usageOf } from './processUsage.mts';

/** What it takes to watch many calls that haven't ended. */
export interface OpenCalls {
	calls: number;
	/** What the tracker adds to the process's memory. */
	memoryBytes: number;
	/** What n8n writes into its database for the workflow. */
	staticDataBytes: number;
	/** From the first to the last status that a poll reads. */
	pollSeconds: number;
	/** Statuses that were read in it; the rest are left for the next poll. */
	looks: number;
	/** Of the whole n8n process. */
	cpuMsPerLook: number;
	/** How long PolyAI takes to answer. */
	latencyMs: number;
}

/**
 * Places this many calls that don't end, with a trigger in the same workflow, and watches one poll.
 */
export async function measureOpenCalls(instance: Instance, calls: number): Promise<OpenCalls> {
	const { client, n8n, polyAi } = instance;
	polyAi.set({ outcome: 'never-ends', magicNumbers: false });
	const { id } = await client.createWorkflow(workflow(instance));
	await client.activate(id);
	const response = await fetch(`${n8n.url}/webhook/open-calls`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ rows: numbers(calls).map((phone) => ({ phone })) }),
	});
	await response.text();
	if (polyAi.journal.counts.dials < calls) throw new Error('Not all calls were placed');
	const watched = await watchPoll(instance);
	const { staticData } = await client.request<{ staticData: object }>(
		'GET',
		`/rest/workflows/${id}`,
	);
	return {
		calls,
		memoryBytes: memoryOfTracker(calls),
		staticDataBytes: JSON.stringify(staticData).length,
		latencyMs: polyAi.settings.latencyMs,
		...watched,
	};
}

/** A poll is over when no status was read for a while. */
async function watchPoll({ polyAi, n8n }: Instance) {
	const { journal } = polyAi;
	const reads = () => journal.requests.filter(({ operation }) => operation === 'status');
	const isQuiet = () => Date.now() - (reads().at(-1)?.at ?? 0) > 5000;
	while (!isQuiet()) await sleep(1000);
	journal.reset();
	let before = usageOf(n8n.pid);
	for (;;) {
		await sleep(1000);
		const [first, last] = [reads()[0], reads().at(-1)];
		if (!first || !last) before = usageOf(n8n.pid);
		if (!first || !last || !isQuiet()) continue;
		const looks = reads().length;
		const cpuMs = usageOf(n8n.pid).cpuMs - before.cpuMs;
		return { pollSeconds: (last.at - first.at) / 1000, looks, cpuMsPerLook: cpuMs / looks };
	}
}

const ACCOUNT = 'polyAiApi 1a2b3c4d5e6f7g8h';

function memoryOfTracker(calls: number): number {
	const { gc } = globalThis;
	if (!gc) throw new Error('Start it with --expose-gc');
	gc();
	const before = process.memoryUsage().heapUsed;
	const tracker = new CallTracker();
	const now = Date.now();
	const trigger = tracker.trigger('w', 'node');
	trigger.polls(ACCOUNT, now);
	for (const [index, phoneNumber] of numbers(calls).entries()) {
		const callSid = `OUT-00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
		const metadata = { name: `Person ${index}`, appointment: `Tomorrow at ${index % 24} o’clock` };
		const placing = { account: ACCOUNT, workflowId: 'w', executionId: '1', triggeredAt: now };
		tracker.add({ callSid, phoneNumber, metadata, ...placing }, now);
	}
	gc();
	const bytes = process.memoryUsage().heapUsed - before;
	if (tracker.due(trigger, now).length !== calls) throw new Error('The tracker dropped calls');
	return bytes;
}

function workflow({ credential }: Instance) {
	const credentials = { polyAiApi: credential };
	return {
		name: 'Open calls',
		settings: { saveDataSuccessExecution: 'none', saveDataErrorExecution: 'none' },
		nodes: [
			{
				...node('Rows', 'n8n-nodes-base.webhook', 2, {
					httpMethod: 'POST',
					path: 'open-calls',
					responseMode: 'lastNode',
				}),
				webhookId: 'open-calls',
			},
			node('Split', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.rows', options: {} }),
			{
				...node('Call', 'n8n-nodes-polyai.polyAiOutbound', 1, {
					resource: 'call',
					operation: 'trigger',
					phoneNumber: '={{ $json.phone }}',
					options: { maxConcurrency: 50 },
				}),
				credentials,
			},
			node('Last', 'n8n-nodes-base.limit', 1, { maxItems: 1 }),
			{
				...node('Ended', 'n8n-nodes-polyai.polyAiOutboundTrigger', 1, { source: 'trackedCalls' }),
				credentials,
			},
			node('Result', 'n8n-nodes-base.noOp', 1, {}),
		],
		connections: {
			Rows: to('Split'),
			Split: to('Call'),
			Call: to('Last'),
			Ended: to('Result'),
		},
	};
}

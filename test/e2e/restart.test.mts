import { setTimeout as sleep } from 'node:timers/promises';
import { outputOf } from '../support/n8n/restClient.mts';
import type { Spoken } from '../support/unit/simulator/polyAiClient.mts';
import { HAS } from '../support/e2e/capabilities.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';
import { DURABLE_CURSORS, DURABLE_SCHEDULER } from '../support/e2e/pollEngines.mts';
import { EVERY_TEN_SECONDS, node, to } from '../support/e2e/workflow.mts';

jest.setTimeout(600_000);

/** How n8n polls and what PolyAI speaks have nothing to do with each other. */
const ENGINES: Array<[string, Spoken, Record<string, string>, boolean?]> = [
	['in-memory polling, the default', 'g3', {}],
	['the durable scheduler', 'g1', DURABLE_SCHEDULER, HAS.durableScheduler],
	['durable cursors', 'g2', DURABLE_CURSORS, HAS.durableCursors],
];

const engines = ENGINES.filter(([, , , has = true]) => has);

const CALLS = 25;

/** A workflow that calls the rows it is sent, and listens as well if it is to. */
function workflow(n8n: Instance, path: string | undefined, listens: boolean) {
	const { authentication, credential, credentialType } = n8n;
	const credentials = { [credentialType]: credential };
	const placing = [
		{
			...node('Rows', 'n8n-nodes-base.webhook', 2, {
				httpMethod: 'POST',
				path,
				responseMode: 'lastNode',
				responseData: 'allEntries',
			}),
			webhookId: path,
		},
		node('Split', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.rows', options: {} }),
		{
			...node('Call', 'n8n-nodes-polyai.polyAiOutbound', 1, {
				authentication,
				environment: 'sandbox',
				resource: 'call',
				operation: 'trigger',
				phoneNumber: '={{ $json.phone }}',
				options: {},
			}),
			credentials,
		},
	];
	const listening = {
		...node('Ended', 'n8n-nodes-polyai.polyAiOutboundTrigger', 1, {
			pollTimes: { item: EVERY_TEN_SECONDS },
			authentication,
			source: 'trackedCalls',
			events: ['success', 'failure', 'unavailable'],
		}),
		credentials,
	};
	return {
		name: `Workflow ${path ?? 'listening'}`,
		nodes: [
			...(path ? placing : []),
			...(listens ? [listening, node('Result', 'n8n-nodes-base.noOp', 1, {})] : []),
		],
		connections: {
			...(path && { Rows: to('Split'), Split: to('Call') }),
			...(listens && { Ended: to('Result') }),
		},
	};
}

async function publish(n8n: Instance, path: string | undefined, listens: boolean): Promise<string> {
	const { id } = await n8n.client.createWorkflow(workflow(n8n, path, listens));
	await n8n.client.activate(id);
	return id;
}

/** Starts a placing workflow with so many people, and gives the SIDs of their calls. */
async function call(n8n: Instance, path: string, count: number): Promise<string[]> {
	const rows = Array.from({ length: count }, (_, index) => ({
		phone: `+4420794608${String(index).padStart(2, '0')}`,
	}));
	const answer = await fetch(`${n8n.n8n.url}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ rows }),
	});
	return ((await answer.json()) as Array<{ callSid: string }>).map(({ callSid }) => callSid);
}

/** All calls that a workflow was started with so far, repeats included. */
async function reported(n8n: Instance, workflowId: string): Promise<string[]> {
	const executions = await n8n.client.executions(workflowId);
	const all = await Promise.all(executions.map(async ({ id }) => await n8n.client.execution(id)));
	return all.flatMap((one) => outputOf(one, 'Result').map(({ json }) => String(json.callSid)));
}

/** A poll that the kill has cut holds up the next ones: n8n's scheduler frees it after 90 seconds. */
const LONGEST_WAIT_MS = 150_000;

/** Waits for the wanted reports; there must be no other. */
async function expectReports(n8n: Instance, workflowId: string, wanted: string[]): Promise<void> {
	const giveUp = Date.now() + LONGEST_WAIT_MS;
	while (Date.now() < giveUp && (await reported(n8n, workflowId)).length < wanted.length)
		await sleep(500);
	expect((await reported(n8n, workflowId)).sort()).toEqual([...wanted].sort());
}

/** A call that does not end is asked about in every poll, which shows that there was one. */
async function twoMorePolls(n8n: Instance, openCall: string): Promise<void> {
	const looks = () =>
		n8n.polyAi.journal.requests.filter(({ callSid, method }) => {
			return callSid === openCall && method === 'GET';
		}).length;
	const before = looks();
	const giveUp = Date.now() + 60_000;
	while (looks() < before + 2) {
		if (Date.now() > giveUp) throw new Error('The triggers poll no more');
		await sleep(500);
	}
}

// Each has an n8n of its own, which waits most of the time.
test.concurrent.each(engines)(
	'killed (%s, %s): each call is reported once',
	async (_, speaks, env) => {
		const n8n = await startInstance(env, speaks);
		try {
			n8n.polyAi.set({ outcome: 'never-ends', magicNumbers: false });
			const both = await publish(n8n, 'both', true);
			await publish(n8n, 'placing', false);
			const listening = await publish(n8n, undefined, true);

			const [lastsForEver, ...own] = await call(n8n, 'both', CALLS + 1);
			const foreign = await call(n8n, 'placing', CALLS);
			const early = [...own.slice(0, 10), ...foreign.slice(0, 10)];
			for (const callSid of early) n8n.polyAi.finish(callSid);
			await expectReports(n8n, both, early);
			await expectReports(n8n, listening, early);

			await n8n.n8n.kill();
			for (const callSid of own.slice(10, 20)) n8n.polyAi.finish(callSid);
			await n8n.restart();
			for (const callSid of own.slice(20)) n8n.polyAi.finish(callSid, 'busy');
			await expectReports(n8n, both, [...early, ...own.slice(10)]);

			// What the other workflow left open comes back with its next run.
			const [newest] = await call(n8n, 'placing', 1);
			const late = [...foreign.slice(10), newest!];
			for (const callSid of late) n8n.polyAi.finish(callSid);
			await expectReports(n8n, listening, [...early, ...own.slice(10), ...late]);
			await expectReports(n8n, both, [...early, ...own.slice(10), ...late]);

			await twoMorePolls(n8n, lastsForEver!);
			await expectReports(n8n, listening, [...early, ...own.slice(10), ...late]);
			await expectReports(n8n, both, [...early, ...own.slice(10), ...late]);
		} finally {
			await n8n.close();
		}
	},
);

import { setTimeout as sleep } from 'node:timers/promises';
import { outputOf } from '../support/n8n/restClient.mts';
import { place } from '../support/unit/simulator/polyAiClient.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';
import { DURABLE_CURSORS, DURABLE_SCHEDULER } from '../support/e2e/pollEngines.mts';
import { EVERY_TEN_SECONDS, node, to } from '../support/e2e/workflow.mts';

jest.setTimeout(600_000);

const CALLS = 20;

/** Somebody else places calls. */
async function call(n8n: Instance, count: number): Promise<string[]> {
	const phones = Array.from({ length: count }, (_, index) => `+44207946${1000 + index}`);
	return await Promise.all(phones.map(async (phone) => await place(n8n.polyAi, phone, 'g3')));
}

/** Publishes a workflow that gets the recording of every call that has ended. */
async function listen(n8n: Instance): Promise<string> {
	const { authentication, credentialType, credential, polyAi } = n8n;
	const credentials = { [credentialType]: credential };
	const { id } = await n8n.client.createWorkflow({
		name: 'Recordings',
		nodes: [
			{
				...node('Ended', 'n8n-nodes-polyai.polyAiOutboundTrigger', 1, {
					authentication,
					source: 'outboundConversations',
					workspaceId: polyAi.settings.accountId,
					pollTimes: { item: EVERY_TEN_SECONDS },
				}),
				credentials,
			},
			{
				...node('Recording', 'n8n-nodes-polyai.polyAiOutbound', 1, {
					authentication,
					resource: 'conversation',
					operation: 'getRecording',
					callSid: '={{ $json.callSid }}',
				}),
				credentials,
			},
		],
		connections: { Ended: to('Recording') },
	});
	await n8n.client.activate(id);
	return id;
}

async function recordings(n8n: Instance, workflowId: string) {
	const executions = await n8n.client.executions(workflowId);
	const all = await Promise.all(executions.map(async ({ id }) => await n8n.client.execution(id)));
	return all.flatMap((one) => outputOf(one, 'Recording'));
}

/** Waits until there are as many recordings, and a poll longer, in which none may come again. */
async function sidsOnce(n8n: Instance, workflowId: string, count: number): Promise<unknown[]> {
	const giveUp = Date.now() + 90_000;
	while ((await recordings(n8n, workflowId)).length < count && Date.now() < giveUp)
		await sleep(500);
	await sleep(11_000);
	return (await recordings(n8n, workflowId)).map(({ json }) => json.callSid).sort();
}

// Each has an n8n of its own, which waits most of the time.
test.concurrent.each<[string, Record<string, string>]>([
	['in-memory polling, the default', {}],
	['the durable scheduler', DURABLE_SCHEDULER],
	['durable cursors', DURABLE_CURSORS],
])(
	'%s: calls placed elsewhere are reported once, also when n8n is killed, and their recordings got',
	async (_, env) => {
		const n8n = await startInstance(env, 'g3');
		try {
			n8n.polyAi.set({
				versions: ['g3', 'conversations'],
				outcome: 'never-ends',
				magicNumbers: false,
				queuedMs: 0,
			});
			const before = await call(n8n, 1);
			n8n.polyAi.finish(before[0]!);
			const listening = await listen(n8n);
			const callSids = await call(n8n, CALLS);
			for (const callSid of callSids.slice(0, 8)) n8n.polyAi.finish(callSid);
			expect(await sidsOnce(n8n, listening, 8)).toEqual(callSids.slice(0, 8).sort());

			await n8n.n8n.kill();
			for (const callSid of callSids.slice(8, 15)) n8n.polyAi.finish(callSid);
			await n8n.restart();
			expect(await sidsOnce(n8n, listening, 15)).toEqual(callSids.slice(0, 15).sort());
			for (const callSid of callSids.slice(15)) n8n.polyAi.finish(callSid);
			expect(await sidsOnce(n8n, listening, CALLS)).toEqual([...callSids].sort());

			for (const { json, binary } of await recordings(n8n, listening)) {
				const fileName = `${json.callSid}.wav`;
				expect(binary?.data).toMatchObject({ fileName, mimeType: 'audio/wav' });
			}
		} finally {
			await n8n.close();
		}
	},
);

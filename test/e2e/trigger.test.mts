import type { IDataObject } from 'n8n-workflow';
import { outputOf } from '../n8n/restClient.mts';
import { startInstance, type Instance } from './instance.mts';
import { callWorkflow, node } from './workflow.mts';

jest.setTimeout(300_000);

let n8n: Instance;
beforeAll(async () => {
	n8n = await startInstance();
});
afterAll(async () => await n8n?.close());

/** n8n polls once a minute at most; six of these make it once in ten seconds. */
const pollTimes = {
	item: [5, 15, 25, 35, 45, 55].map((second) => ({
		mode: 'custom',
		cronExpression: `${second} * * * * *`,
	})),
};

async function activeTrigger(): Promise<string> {
	const trigger = node('Call Ended', 'n8n-nodes-polyai.polyAiOutboundTrigger', 1, {
		source: 'trackedCalls',
		pollTimes,
	});
	const { id } = await n8n.client.createWorkflow({
		name: 'When a call has ended',
		nodes: [{ ...trigger, credentials: { polyAiApi: n8n.credential } }],
		connections: {},
	});
	await n8n.client.activate(id);
	return id;
}

test('the trigger reports a call that another workflow placed: the built nodes share one memory', async () => {
	const triggerId = await activeTrigger();
	const parameters: IDataObject = {
		resource: 'call',
		operation: 'trigger',
		phoneNumber: '={{ $json.phone }}',
		options: {},
	};
	const placing = await n8n.client.createWorkflow(
		callWorkflow(n8n, [{ phone: '+442079460018' }], parameters),
	);
	const placed = await n8n.client.run(placing.id, 'Start');
	const [call] = outputOf(placed, 'PolyAI');
	const started = await n8n.client.nextExecution(triggerId);

	expect(outputOf(started, 'Call Ended').map(({ json }) => json)).toEqual([
		{
			callSid: call?.json.callSid,
			status: 'success',
			phoneNumber: '+442079460018',
			triggeredAt: call?.json.triggeredAt,
			finishedAt: expect.any(String) as string,
			workflowId: placing.id,
			executionId: placed.id,
		},
	]);
});

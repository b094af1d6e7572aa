import type { IExecuteFunctions } from 'n8n-workflow';

import { runNode, type NodeRunResult } from '../support/engine/runNode.mts';
import { SavedWorkflow } from '../support/engine/savedWorkflow.mts';
import { tinyNode } from '../support/engine/tinyNode.mts';
import { startTinyServer, type TinyServer } from '../support/engine/tinyServer.mts';

let server: TinyServer;

beforeEach(async () => {
	server = await startTinyServer({ answers: false });
});

afterEach(async () => {
	await server.close();
});

/** Leaves traces everywhere before, during and after the request that Stop cuts. */
const placing = tinyNode(
	{
		async execute(this: IExecuteFunctions) {
			this.getContext('node').placed = 'SID-1';
			this.getWorkflowStaticData('global').placed = 'SID-1';
			this.customData.set('before', 'SID-1');
			const signal = this.getExecutionCancelSignal();
			signal?.addEventListener('abort', () => this.customData.set('during', 'SID-1'));
			const { url } = server;
			const helper = this.helpers.httpRequestWithAuthentication;
			const error: unknown = await helper.call(this, 'freeApi', { url }).catch((e: unknown) => e);
			this.customData.set('after', 'SID-1');
			return [[{ json: { stoppedBy: (error as { httpCode: string }).httpCode } }]];
		},
	},
	{ credentials: [{ name: 'freeApi' }] },
);

/** Presses Stop when the request has reached the server. */
async function stopped(
	mode: 'manual' | 'trigger',
	savedWorkflow = new SavedWorkflow(),
): Promise<NodeRunResult> {
	const button = new AbortController();
	server.onRequest = () => button.abort();
	return await runNode({
		node: placing,
		mode,
		savedWorkflow,
		stop: button.signal,
		credentials: { freeApi: {} },
		credentialTypes: [{ name: 'freeApi', displayName: 'Free API', properties: [] }],
	});
}

test('Stop cuts a request in flight; what the node then returns stays in memory', async () => {
	const result = await stopped('manual');

	expect(result.status).toBe('canceled');
	expect(result.items[0]?.json).toEqual({ stoppedBy: 'ERR_CANCELED' });
	expect(result.saved.data.resultData.runData).toEqual({});
});

test('after Stop, n8n has the custom data set until then, and neither context nor static data', async () => {
	const savedWorkflow = new SavedWorkflow();
	const { saved, context } = await stopped('trigger', savedWorkflow);

	expect(context).toEqual({ placed: 'SID-1' });
	expect(saved.customData).toEqual({ before: 'SID-1', during: 'SID-1' });
	expect(saved.data.executionData?.contextData).toEqual({});
	expect(savedWorkflow.staticData).toEqual({});
});

test('a stopped manual execution cannot be retried', async () => {
	const { saved } = await stopped('manual');

	await expect(runNode({ node: placing, retryOf: saved })).rejects.toThrow('nothing to retry');
});

test('a stopped production execution is retried from its start, remembering nothing', async () => {
	const { saved } = await stopped('trigger');
	const remembering = tinyNode({
		async execute(this: IExecuteFunctions) {
			return [[{ json: { remembered: { ...this.getContext('node') } } }]];
		},
	});
	const { items, nodes } = await runNode({ node: remembering, retryOf: saved });

	expect(nodes.Start?.calls).toBe(1);
	expect(items[0]?.json).toEqual({ remembered: {} });
});

import { NodeOperationError, type ICredentialType, type IExecuteFunctions } from 'n8n-workflow';

import { PassThrough, runNode } from '../support/engine/runNode.mts';
import { runWorkflow } from '../support/engine/runWorkflow.mts';
import { SavedWorkflow } from '../support/engine/savedWorkflow.mts';
import { tinyNode } from '../support/engine/tinyNode.mts';
import { startTinyServer, type TinyServer } from '../support/engine/tinyServer.mts';

const tokenApi: ICredentialType = {
	name: 'tokenApi',
	displayName: 'Token API',
	properties: [
		{ displayName: 'Token', name: 'token', type: 'string', default: '' },
		{ displayName: 'Region', name: 'region', type: 'string', default: 'us' },
	],
	authenticate: {
		type: 'generic',
		properties: { headers: { 'X-Token': '={{ $credentials.region + "-" + $credentials.token }}' } },
	},
};

let server: TinyServer;

beforeEach(async () => {
	server = await startTinyServer();
});

afterEach(async () => {
	await server.close();
});

/** Fails for items that say so, in the way every version of n8n understands. */
const picky = tinyNode({
	async execute(this: IExecuteFunctions) {
		const items = this.getInputData().map(({ json }, item) => {
			if (!json.bad) return { json: { ok: json.name }, pairedItem: { item } };
			if (!this.continueOnFail()) throw new NodeOperationError(this.getNode(), 'A bad item');
			return { json: { error: { message: 'A bad item' } }, pairedItem: { item } };
		});
		return [items];
	},
});
const mixed = [{ name: 'a' }, { name: 'b', bad: true }, { name: 'c' }];

test('sends what the credential adds to a request, its expressions and defaults resolved', async () => {
	const asking = tinyNode(
		{
			async execute(this: IExecuteFunctions) {
				const { url } = server;
				const options = { url, json: true };
				const helper = this.helpers.httpRequestWithAuthentication;
				return [[{ json: await helper.call(this, 'tokenApi', options) }]];
			},
		},
		{ credentials: [{ name: 'tokenApi', required: true }] },
	);
	const { items, error } = await runNode({
		node: asking,
		credentials: { tokenApi: { token: 's3cret' } },
		credentialTypes: [tokenApi],
	});

	expect(error).toBeUndefined();
	expect(items).toEqual([{ json: { answer: 42 }, pairedItem: { item: 0 } }]);
	expect(server.headers).toMatchObject([{ 'x-token': 'us-s3cret' }]);
});

test('stops the workflow at an error and tells which', async () => {
	const result = await runNode({ node: picky, items: mixed });

	expect(result.status).toBe('error');
	expect(result.error?.message).toBe('A bad item');
	expect(result.items).toEqual([]);
});

test('sends a failed item to the error output, with the fields of its input', async () => {
	const result = await runNode({ node: picky, items: mixed, onError: 'continueErrorOutput' });

	expect(result.items.map(({ json }) => json)).toEqual([{ ok: 'a' }, { ok: 'c' }]);
	expect(result.errorItems).toEqual([
		{
			json: { name: 'b', bad: true, error: { message: 'A bad item' } },
			pairedItem: { item: 1 },
		},
	]);
});

test('runs the nodes behind both outputs', async () => {
	const { nodes } = await runWorkflow({
		nodes: [
			{ name: 'Start', type: PassThrough },
			{ name: 'Picky', type: picky, onError: 'continueErrorOutput' },
			{ name: 'Good', type: PassThrough },
			{ name: 'Bad', type: PassThrough },
		],
		connections: [
			{ from: 'Start', to: 'Picky' },
			{ from: 'Picky', to: 'Good' },
			{ from: 'Picky', output: 1, to: 'Bad' },
		],
		items: mixed,
	});

	expect(nodes.Good?.outputs[0]).toHaveLength(2);
	expect(nodes.Bad?.outputs[0]).toHaveLength(1);
});

test('says what a node logged and hinted', async () => {
	const talking = tinyNode({
		async execute(this: IExecuteFunctions) {
			this.logger.debug('Placed a call', { callSid: 'SID-1' });
			this.addExecutionHints({ message: 'Look here' });
			return [this.getInputData()];
		},
	});
	const { log, hints } = await runNode({ node: talking });

	expect(log).toContainEqual(expect.objectContaining({ level: 'debug', message: 'Placed a call' }));
	expect(JSON.stringify(log)).toContain('SID-1');
	expect(hints).toEqual([{ message: 'Look here' }]);
});

test.each([
	['trigger', { global: { count: 1 } }],
	['manual', {}],
] as const)('of a failed execution in %s mode, %j is saved as static data', async (mode, saved) => {
	const counting = tinyNode({
		async execute(this: IExecuteFunctions) {
			this.getWorkflowStaticData('global').count = 1;
			throw new Error('Failed afterwards');
		},
	});
	const savedWorkflow = new SavedWorkflow();
	const result = await runNode({ node: counting, mode, savedWorkflow });

	expect(result.staticData).toEqual({ global: { count: 1 } });
	expect(savedWorkflow.staticData).toEqual(saved);
});

import type { IDataObject, IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { hasStateOfOthers } from '../../nodes/n8n/stateOfOthers.ts';
import { PolyAiOutbound } from '../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts';
import { PolyAiOutboundTrigger } from '../../nodes/PolyAiOutboundTrigger/PolyAiOutboundTrigger.node.ts';
import type { TestNode } from './engineWorkflow.mts';
import { credentialFor, numbers, parametersFor, polyAi } from './polyAi.mts';
import { Poller } from './poller.mts';
import { PassThrough } from './runNode.mts';
import { runWorkflow } from './runWorkflow.mts';
import { SavedWorkflow } from './savedWorkflow.mts';

/** Stands for n8n's RSS Feed Trigger, Google Sheets Trigger and the like. */
class OtherTrigger implements INodeType {
	description: INodeTypeDescription = {
		...new PassThrough().description,
		name: 'otherTrigger',
		group: ['trigger'],
		polling: true,
		inputs: [],
	};

	async poll() {
		return null;
	}
}

const own: TestNode = { name: 'Call Ended', type: PolyAiOutboundTrigger };

/** What a production execution that calls two people leaves in the workflow's static data. */
async function left(others: TestNode[], staticData: IDataObject = {}): Promise<IDataObject> {
	const savedWorkflow = new SavedWorkflow(staticData);
	const { nodes } = await runWorkflow({
		nodes: [
			{ name: 'Start', type: PassThrough },
			{ name: 'Node', type: PolyAiOutbound, parameters: parametersFor({}) },
			...others,
		],
		connections: [{ from: 'Start', to: 'Node' }],
		credentials: credentialFor(polyAi),
		items: numbers(2).map((phone) => ({ phone })),
		mode: 'trigger',
		savedWorkflow,
	});
	expect(nodes.Node?.outputs[0]).toHaveLength(2);
	return savedWorkflow.staticData;
}

test('without a trigger for tracked calls an execution writes nothing', async () => {
	expect(await left([])).toEqual({});
});

describe('with a trigger for tracked calls', () => {
	beforeAll(async () => {
		const poller = new Poller({
			node: PolyAiOutboundTrigger,
			credentials: credentialFor(polyAi),
			parameters: {},
		});
		await poller.poll();
	});

	test('its calls are there after a restart', async () => {
		expect(JSON.stringify(await left([own]))).toContain(numbers(1)[0]);
	});

	test('nothing is written beside another trigger that polls, which n8n would roll back', async () => {
		expect(await left([own, { name: 'Rows', type: OtherTrigger }])).toEqual({});
	});

	test('nor beside anything that another node has stored', async () => {
		const stored = { 'node:Start': { recurrenceRules: [3] } };
		expect(await left([own], stored)).toEqual(stored);
	});

	test('the empty lists that n8n stores for a Schedule Trigger are in nobody’s way', async () => {
		const empty = { recurrenceRules: [null], recurrenceRuleSignatures: [null] };
		const saved = await left([own], { 'node:Start': empty });
		expect(JSON.stringify(saved)).toContain(numbers(1)[0]);
	});

	test('what a node has stored that is no longer there is in nobody’s way', async () => {
		const stored = { 'node:Gone': { cursor: 12 } };
		expect(JSON.stringify(await left([own], stored))).toContain(numbers(1)[0]);
	});

	test('nothing is written beside a PolyAI trigger that keeps a cursor of its own', async () => {
		const parameters = { source: 'outboundConversations' };
		expect(await left([{ ...own, parameters }])).toEqual({});
	});
});

test.each([
	['another n8n does not show the workflow', {}],
	['a node is of a type that n8n does not know', { nodes: { A: {} }, nodeTypes: {} }],
])('where %s, nothing is written and nothing fails', (_, workflow) => {
	const context = { workflow } as unknown as IExecuteFunctions;
	expect(hasStateOfOthers(context)).toBe(true);
});

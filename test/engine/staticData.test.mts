import type { IDataObject, IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { hasStateOfOthers } from '../../nodes/n8n/staticDataOfOthers.ts';
import { PolyAiOutbound } from '../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts';
import { PolyAiOutboundTrigger } from '../../nodes/PolyAiOutboundTrigger/PolyAiOutboundTrigger.node.ts';
import type { TestNode } from '../support/engine/engineWorkflow.mts';
import { call, credentialFor, numbers, parametersFor, polyAi } from '../support/engine/polyAi.mts';
import { Poller, type PollEngine } from '../support/engine/poller.mts';
import { PassThrough } from '../support/engine/runNode.mts';
import { runWorkflow } from '../support/engine/runWorkflow.mts';
import { SavedWorkflow } from '../support/engine/savedWorkflow.mts';

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

let workflows = 0;

/** What a production execution that calls two people leaves in the static data of a new workflow. */
async function left(others: TestNode[], staticData: IDataObject = {}): Promise<IDataObject> {
	const savedWorkflow = new SavedWorkflow(staticData, `new-${++workflows}`);
	await callTwo(savedWorkflow, others);
	return savedWorkflow.staticData;
}

async function callTwo(savedWorkflow: SavedWorkflow, others: TestNode[]): Promise<void> {
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
}

test('without a trigger for tracked calls an execution writes nothing', async () => {
	expect(await left([])).toEqual({});
});

// Here nobody waits for tracked calls yet.
describe.each<PollEngine>(['A', 'B', 'C'])('a trigger that reports a call, engine %s', (engine) => {
	const rows: TestNode = { name: 'Rows', type: OtherTrigger };
	const rowsAt = (cursor: number) => ({ 'node:Rows': { cursor } });

	/** A trigger with the source Given Call SIDs, and a call for it to report. */
	async function publish(staticData: IDataObject, others: TestNode[]) {
		const { items } = await call(numbers(1));
		const { callSid } = items[0]?.json as { callSid: string };
		polyAi.finish(callSid);
		const savedWorkflow = new SavedWorkflow(staticData, `of ${callSid}`);
		const poller = new Poller({
			node: PolyAiOutboundTrigger,
			engine,
			credentials: credentialFor(polyAi),
			parameters: { source: 'callSids', callSids: callSid },
			savedWorkflow,
			others,
		});
		return { savedWorkflow, poller, callSid };
	}

	async function expectOneReport(poller: Poller): Promise<void> {
		expect(await poller.poll()).toHaveLength(1);
		expect(await poller.poll()).toBeNull();
	}

	test('remembers it, if it is alone', async () => {
		const { savedWorkflow, poller, callSid } = await publish({}, []);
		await expectOneReport(poller);
		const inTable = savedWorkflow.cursorOf('Trigger', {});
		const own = engine === 'C' ? inTable : savedWorkflow.staticData.global;
		expect(JSON.stringify(own)).toContain(callSid);
	});

	test('leaves alone what another trigger has stored meanwhile', async () => {
		const { savedWorkflow, poller } = await publish(rowsAt(12), [rows]);
		savedWorkflow.saveStaticData(rowsAt(13));
		await expectOneReport(poller);
		expect(savedWorkflow.staticData).toEqual(rowsAt(13));
		// With durable cursors n8n keeps it where nobody else is.
		const own = savedWorkflow.cursorOf('Trigger', {});
		expect(own).toEqual(engine === 'C' ? { polyAi: expect.anything() as unknown } : {});
	});

	// n8n registers only the triggers that were changed: this one knows the workflow as it was.
	test('also if that one was added beside it later, and has called somebody', async () => {
		const { savedWorkflow, poller } = await publish({}, []);
		savedWorkflow.saveStaticData(rowsAt(13));
		await callTwo(savedWorkflow, [rows]);
		await expectOneReport(poller);
		expect(savedWorkflow.staticData).toEqual(rowsAt(13));
	});
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

	test('nor if that trigger is disabled, and may be enabled while the execution runs', async () => {
		expect(await left([own, { name: 'Rows', type: OtherTrigger, disabled: true }])).toEqual({});
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

	test('nothing is written beside what a Code node remembers for its workflow', async () => {
		const stored = { global: { alreadyCalled: ['Ada'] } };
		expect(await left([own], stored)).toEqual(stored);
	});

	test('they are there beside PolyAI triggers of any source, which remember in the same place', async () => {
		const parameters = { source: 'outboundConversations' };
		expect(JSON.stringify(await left([{ ...own, parameters }]))).toContain(numbers(1)[0]);
	});
});

test.each([
	['another n8n does not show the workflow', {}],
	['a node is of a type that n8n does not know', { nodes: { A: {} }, nodeTypes: {} }],
])('where %s, nothing is written and nothing fails', (_, workflow) => {
	const context = { workflow, getWorkflow: () => ({}) } as unknown as IExecuteFunctions;
	expect(hasStateOfOthers(context)).toBe(true);
});

import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import type { NodeClass, TestNode } from './engineWorkflow.mts';
import { runWorkflow, type NodeResult, type RunResult, type WorkflowRun } from './runWorkflow.mts';

export interface NodeRun
	extends Omit<WorkflowRun, 'nodes' | 'connections'>, Omit<TestNode, 'name' | 'type'> {
	node: NodeClass;
}

export interface NodeRunResult extends Omit<RunResult, 'error'>, Omit<NodeResult, 'status'> {
	/** What left by the node's first output. */
	items: INodeExecutionData[];
	/** What left by its error output (`onError: 'continueErrorOutput'`). */
	errorItems: INodeExecutionData[];
}

/** Hands its items on, as n8n's "No Operation" node does: a start, or something behind a node. */
export class PassThrough implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Pass Through',
		name: 'passThrough',
		group: ['transform'],
		version: 1,
		description: 'Hands its items on',
		defaults: { name: 'Pass Through' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

/**
 * Runs one node on the given items; it is called "Node" and its items come from a node "Start".
 * A trigger node starts the execution itself: in manual mode that is "Fetch Test Event".
 */
export async function runNode(options: NodeRun): Promise<NodeRunResult> {
	const { node, parameters, onError, continueOnFail, retryOnFail, maxTries, ...rest } = options;
	const { waitBetweenTries, executeOnce, ...run } = rest;
	const tested: TestNode = {
		name: 'Node',
		type: node,
		parameters,
		onError,
		continueOnFail,
		retryOnFail,
		maxTries,
		waitBetweenTries,
		executeOnce,
	};
	const isTrigger = new node().description.inputs.length === 0;
	const start: TestNode[] = isTrigger ? [] : [{ name: 'Start', type: PassThrough }];
	const result = await runWorkflow({
		...run,
		nodes: [...start, tested],
		connections: isTrigger ? [] : [{ from: 'Start', to: 'Node' }],
	});
	const { status: _taskStatus, ...ofNode } = result.nodes.Node as NodeResult;
	const [items = [], errorItems = []] = ofNode.outputs;
	return { ...result, ...ofNode, error: ofNode.error ?? result.error, items, errorItems };
}

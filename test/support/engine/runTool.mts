import {
	NodeConnectionTypes,
	type EngineRequest,
	type EngineResponse,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import type { NodeClass, TestNode } from './engineWorkflow.mts';
import { PassThrough } from './runNode.mts';
import { runWorkflow, type NodeResult, type RunResult, type WorkflowRun } from './runWorkflow.mts';

const { AiTool } = NodeConnectionTypes;
const REVIEW = 'Review';

export interface ToolRun
	extends Omit<WorkflowRun, 'nodes' | 'connections' | 'items'>, Omit<TestNode, 'name' | 'type'> {
	node: NodeClass;
	/** What the model fills in for `$fromAI`, one object for each call of the tool. */
	toolCalls: IDataObject[];
	/**
	 * `engine`: the agent asks n8n to run the node (AI Agent from version 3 on), each call a run of
	 * its own, and reads the answer before it asks again. `together`: the same, but all calls in one
	 * go. `reviewed`: as `engine`, but a person is asked first by a node between agent and tool. `invoke`:
	 * the agent calls the tool itself (older and nested agents), and n8n gives every try of "Retry On Fail"
	 * another run index.
	 */
	way: 'engine' | 'together' | 'reviewed' | 'invoke';
	/** The agent fails after its last call. */
	agentFails?: boolean;
}

export interface ToolRunResult extends RunResult {
	tool: NodeResult;
	/** What each call returned to the agent. */
	answers: unknown[];
}

interface Tool {
	invoke(toolArguments: IDataObject): Promise<string>;
}

/** Runs a node as the tool "Tool" of a scripted agent that makes the given calls in a row. */
export async function runTool(options: ToolRun): Promise<ToolRunResult> {
	const { node, toolCalls, way, agentFails = false, ...rest } = options;
	const { parameters, onError, retryOnFail, maxTries, ...run } = rest;
	const settings = { parameters, onError, retryOnFail, maxTries, waitBetweenTries: 0 };
	const result = await runWorkflow({
		...run,
		nodes: [
			{ name: 'Start', type: PassThrough },
			{
				name: 'Agent',
				type: agentThat(
					way === 'invoke'
						? invokes(toolCalls, agentFails)
						: asks(goesOf(toolCalls, way), agentFails),
				),
			},
			...(way === 'reviewed' ? [{ name: REVIEW, type: PassThrough }] : []),
			{ name: 'Tool', type: asTool(node), ...settings },
		],
		connections: [
			{ from: 'Start', to: 'Agent' },
			...(way === 'reviewed' ? [{ from: REVIEW, to: 'Agent', type: AiTool }] : []),
			{ from: 'Tool', to: way === 'reviewed' ? REVIEW : 'Agent', type: AiTool },
		],
	});
	const answers = result.nodes.Agent?.outputs[0]?.map(({ json }) => json.answer) ?? [];
	return { ...result, tool: result.nodes.Tool as NodeResult, answers };
}

type Script = NonNullable<INodeType['execute']>;

/** What is run before the model reads any answer. */
interface Go {
	toolCalls: IDataObject[];
	nodeName: string;
	/** Who lets it be run, if not the agent. */
	parentNodeName?: string;
}

function goesOf(toolCalls: IDataObject[], way: 'engine' | 'together' | 'reviewed'): Go[] {
	if (way === 'together') return [{ toolCalls, nodeName: 'Tool' }];
	return toolCalls.flatMap((call): Go[] => {
		const one = { toolCalls: [call], nodeName: 'Tool' };
		if (way === 'engine') return [one];
		return [
			{ ...one, nodeName: REVIEW },
			{ ...one, parentNodeName: REVIEW },
		];
	});
}

function asks(goes: Go[], fails: boolean): Script {
	const answers: unknown[] = [];
	let next = 0;
	return async function (response): Promise<INodeExecutionData[][] | EngineRequest> {
		for (const { action, data } of (response as EngineResponse | undefined)?.actionResponses ??
			[]) {
			if (action.nodeName === 'Tool') answers.push(data.data?.ai_tool?.[0]?.[0]?.json);
		}
		const go = goes[next++];
		if (!go && fails) throw new Error('The model is not available');
		if (!go) return [answers.map((answer) => ({ json: { answer } as IDataObject }))];
		const { toolCalls, nodeName, parentNodeName } = go;
		return {
			actions: toolCalls.map((input, index) => ({
				actionType: 'ExecutionNodeAction',
				nodeName,
				input,
				type: AiTool,
				id: `call_${next}_${index}`,
				metadata: { itemIndex: 0, parentNodeName },
			})),
			metadata: {},
		};
	};
}

function invokes(toolCalls: IDataObject[], fails: boolean): Script {
	return async function (this: IExecuteFunctions) {
		const tools = (await this.getInputConnectionData(AiTool, 0)) as Tool[];
		const items: INodeExecutionData[] = [];
		for (const call of toolCalls) {
			const answer = await tools[0]?.invoke(call).catch((error: Error) => error.message);
			items.push({ json: { answer } });
		}
		if (fails) throw new Error('The model is not available');
		return [items];
	};
}

function agentThat(execute: Script): NodeClass {
	return class ScriptedAgent implements INodeType {
		description: INodeTypeDescription = {
			...new PassThrough().description,
			name: 'scriptedAgent',
			inputs: [NodeConnectionTypes.Main, { type: AiTool }],
		};

		execute = execute;
	};
}

const toolDescription: INodeProperties = {
	displayName: 'Description',
	name: 'toolDescription',
	type: 'string',
	default: 'A tool',
};

/** The twin that n8n makes of a node with `usableAsTool`. */
function asTool(node: NodeClass): NodeClass {
	return class extends node {
		constructor() {
			super();
			const { description } = this;
			this.description = {
				...description,
				name: `${description.name}Tool`,
				inputs: [],
				outputs: [AiTool],
				properties: description.properties.some(({ name }) => name === 'toolDescription')
					? description.properties
					: [...description.properties, toolDescription],
			};
		}
	};
}

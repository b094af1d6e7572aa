import './n8nEnvironment.mts';

import {
	UnexpectedError,
	Workflow,
	type IConnections,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IWorkflowBase,
	type NodeConnectionType,
} from 'n8n-workflow';

import type { CredentialData } from './credentialsHelper.mts';
import { observeNode, type Observation } from './observeNode.mts';
import { keepProcessedData } from './processedData.mts';
import type { SavedWorkflow } from './savedWorkflow.mts';

export type NodeClass = new () => INodeType;

/** A node as it stands in a workflow, with its class in place of the name of its type. */
export type TestNode = Pick<INode, 'name'> &
	Partial<
		Pick<
			INode,
			| 'disabled'
			| 'onError'
			| 'continueOnFail'
			| 'retryOnFail'
			| 'maxTries'
			| 'waitBetweenTries'
			| 'executeOnce'
		>
	> & { type: NodeClass; parameters?: INodeParameters };

/** From the output with this index (0 is the first, the error output the last) to a node. */
export interface Connection {
	from: string;
	output?: number;
	to: string;
	/** Default `main`. */
	type?: NodeConnectionType;
}

/** The type name that users' workflows contain. */
function typeNameOf(NodeType: NodeClass): string {
	return `n8n-nodes-polyai.${new NodeType().description.name}`;
}

export function buildWorkflow(
	nodes: TestNode[],
	connections: Connection[],
	saved: SavedWorkflow,
	observation: Observation,
	credentials: CredentialData = {},
	credentialId?: string | null,
): { workflow: Workflow; workflowData: IWorkflowBase } {
	const types = new Map(
		nodes.map(({ type }) => [typeNameOf(type), observeNode(new type(), observation)]),
	);
	const workflowData: IWorkflowBase = {
		id: saved.id,
		name: 'Engine test',
		active: true,
		activeVersionId: 'version-1',
		isArchived: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		settings: { executionOrder: 'v1' },
		nodes: nodes.map(({ type, ...node }, index) => ({
			id: `node-${index}`,
			typeVersion: 1,
			position: [index * 200, 0],
			...node,
			parameters: node.parameters ?? {},
			type: typeNameOf(type),
			credentials: Object.fromEntries(
				(types.get(typeNameOf(type))?.description.credentials ?? [])
					.filter(({ name }) => name in credentials)
					.map(({ name }) => [
						name,
						{ id: credentialId === undefined ? name : credentialId, name: `My ${name}` },
					]),
			),
			// n8n treats 0 as "not set" and waits a second; tests don't wait.
			waitBetweenTries: node.waitBetweenTries || 1,
		})),
		connections: toConnections(connections),
	};
	const workflow = new Workflow({
		...workflowData,
		nodeTypes: knownTypes(types),
		staticData: saved.staticData,
		settings: { ...workflowData.settings, ...saved.settings },
	});
	keepProcessedData(workflow, saved);
	return { workflow, workflowData };
}

function knownTypes(types: Map<string, INodeType>): INodeTypes {
	const get = (name: string): INodeType => {
		const type = types.get(name);
		if (!type) throw new UnexpectedError(`Unknown node type ${name}`);
		return type;
	};
	return { getByName: get, getByNameAndVersion: get, getKnownTypes: () => ({}) };
}

function toConnections(connections: Connection[]): IConnections {
	const result: IConnections = {};
	for (const { from, output = 0, to, type = 'main' } of connections) {
		const outputs = ((result[from] ??= {})[type] ??= []);
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to, type, index: 0 });
	}
	return result;
}

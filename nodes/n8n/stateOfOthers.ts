import type { IDataObject, IExecuteFunctions, INode, INodeTypes } from 'n8n-workflow';

/** What n8n-core's contexts hold while they run, and n8n-workflow's types do not tell. */
interface Running {
	nodes: Record<string, INode>;
	nodeTypes: INodeTypes;
	staticData?: IDataObject;
}

/**
 * Whether another node of the workflow keeps something in static data, as triggers that poll do.
 * n8n saves static data as a whole, as it was when the execution began: what they have stored meanwhile
 * would be rolled back, and their rows would come again (promise 7 of the design). Where it cannot be
 * told it counts as so: nothing may fail here, since a call has just been placed.
 */
export function hasStateOfOthers(context: IExecuteFunctions): boolean {
	try {
		return keepsState((context as unknown as { workflow: Running }).workflow);
	} catch {
		return true;
	}
}

function keepsState({ nodes, nodeTypes, staticData = {} }: Running): boolean {
	return Object.values(nodes).some((node) => {
		if (node.disabled || isOwnTrigger(node)) return false;
		return holdsAnything(staticData[`node:${node.name}`]) || polls(node, nodeTypes);
	});
}

/** n8n stores empty lists for every Schedule Trigger: nothing that could be rolled back. */
function holdsAnything(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return value !== undefined && value !== null;
	return Object.values(value).some(holdsAnything);
}

function polls({ type, typeVersion }: INode, nodeTypes: INodeTypes): boolean {
	return nodeTypes.getByNameAndVersion(type, typeVersion).description.polling === true;
}

/** Our trigger for tracked calls, which is what the calls are saved for. */
function isOwnTrigger({ type, parameters }: INode): boolean {
	const isOurs = type.endsWith('.polyAiOutboundTrigger');
	return isOurs && (parameters.source ?? 'trackedCalls') === 'trackedCalls';
}

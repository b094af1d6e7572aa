import JsSha from 'jssha/dist/sha256';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

type NodeData = (name: string) => { isExecuted: boolean; all: () => INodeExecutionData[] };

/**
 * What the trigger gave this execution, as a hash: after a crash n8n's Retry begins a new execution
 * with the same, and tells neither the node nor anybody else which one it repeats.
 *
 * @returns nothing where it cannot be told
 */
export function startOfExecution(context: IExecuteFunctions): string | undefined {
	const starts = namesBefore(context).filter((name) => context.getParentNodes(name).length === 0);
	const dataOf = context.getWorkflowDataProxy(0).$ as NodeData;
	const given = starts
		.map((name) => ({ name, data: dataOf(name) }))
		.filter(({ data }) => data.isExecuted)
		.map(({ name, data }) => [name, data.all().map(({ json }) => json)]);
	if (given.length === 0) return undefined;
	return new JsSha('SHA-256', 'TEXT').update(JSON.stringify(given)).getHash('B64');
}

/** All nodes that come before this one. A tool has none: it stands behind the agent that asks it. */
function namesBefore(context: IExecuteFunctions): string[] {
	const sources = Object.values(context.getExecuteData().source ?? {}).flat();
	const askers = sources.flatMap((source) => source?.previousNode ?? []);
	const before = [context.getNode().name, ...askers].flatMap((name) => {
		return context.getParentNodes(name).filter(({ disabled }) => !disabled);
	});
	return [...new Set([...askers, ...before.map(({ name }) => name)])];
}

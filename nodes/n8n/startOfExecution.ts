import JsSha from 'jssha/dist/sha256';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

type NodeData = (name: string) => { isExecuted: boolean; all: () => INodeExecutionData[] };

/**
 * A hash of what the trigger gave this execution: after a crash, n8n's Retry starts a new execution
 * with the same data, and doesn't say which one it repeats.
 *
 * @returns undefined if there is no telling
 */
export function startOfExecution(context: IExecuteFunctions): string | undefined {
	const starts = namesBefore(context).filter((name) => context.getParentNodes(name).length === 0);
	const dataOf = context.getWorkflowDataProxy(0).$ as NodeData;
	const given = starts
		.map((name) => [name, itemsOf(dataOf(name))?.map(({ json }) => json)])
		.filter(([, items]) => items !== undefined);
	if (given.length === 0) return undefined;
	return new JsSha('SHA-256', 'TEXT').update(JSON.stringify(given)).getHash('B64');
}

/** Undefined if there are none to read: n8n throws for a node that serves an agent. */
function itemsOf(node: ReturnType<NodeData>): INodeExecutionData[] | undefined {
	try {
		return node.isExecuted ? node.all() : undefined;
	} catch {
		return undefined;
	}
}

/**
 * All nodes that come before this one. A tool has none of its own, only the agent that uses it. If
 * someone reviews the agent's calls, or the agent is a tool itself, n8n returns what came before
 * all of them.
 */
function namesBefore(context: IExecuteFunctions): string[] {
	const { source, metadata } = context.getExecuteData();
	const sources = [...Object.values(source ?? {}).flat(), metadata?.preservedSourceOverwrite];
	const askers = sources.flatMap((one) => one?.previousNode ?? []);
	const before = [context.getNode().name, ...askers].flatMap((name) => {
		return context.getParentNodes(name).filter(({ disabled }) => !disabled);
	});
	return [...new Set([...askers, ...before.map(({ name }) => name)])];
}

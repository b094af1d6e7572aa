import type { IPollFunctions, Workflow } from 'n8n-workflow';
import type { NodeContext } from './context';

/** The key of static data under which all nodes of this package keep what they remember. */
export const MEMORY = 'polyAi';

/**
 * Workflows, by ID, in which others were seen to store something. A trigger that is already
 * published doesn't learn that another one was added next to it, but executions do.
 */
const shared = new Set<string | undefined>();

/**
 * Whether anyone else stores something in the workflow's static data, as polling triggers do. n8n
 * saves static data as a whole, in the state in which the execution or trigger found it at its
 * start: what others have stored since would be rolled back, and their rows would come again
 * (docs/design.md § 3, promise 7). In doubt the answer is yes: nothing may fail here, as a call was
 * just placed.
 */
export function hasStateOfOthers(context: NodeContext): boolean {
	noteOthers(context);
	return shared.has(context.getWorkflow().id);
}

/** Called by executions, so that the workflow's triggers know about others, too. */
export function noteOthers(context: NodeContext): void {
	if (findsOthers(context)) shared.add(context.getWorkflow().id);
}

function findsOthers(context: NodeContext): boolean {
	try {
		const { nodes, nodeTypes, staticData } = workflowOf(context) as Workflow;
		if (holdsAnything({ ...(staticData.global as object), [MEMORY]: undefined })) return true;
		return Object.values(nodes).some((node) => {
			// Each of our nodes writes its own memory in its current state.
			if (node.type.endsWith('.polyAiOutboundTrigger')) return false;
			const { description } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
			return description.polling === true || holdsAnything(staticData[`node:${node.name}`]);
		});
	} catch {
		return true;
	}
}

/** Whether n8n keeps the trigger's static data in a row of its own, as with durable cursors. */
export function isKeptApart(context: IPollFunctions): boolean {
	const own = workflowOf(context)?.staticData?.[`node:${context.getNode().name}`];
	return own !== undefined && own !== context.getWorkflowStaticData('node');
}

/** What n8n-core's contexts hold at run time, although n8n-workflow's types don't say so. */
export function workflowOf(context: NodeContext): Workflow | undefined {
	return (context as unknown as { workflow?: Workflow }).workflow;
}

/** n8n stores empty lists for every Schedule Trigger: nothing that could be rolled back. */
function holdsAnything(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return value !== undefined && value !== null;
	return Object.values(value).some(holdsAnything);
}

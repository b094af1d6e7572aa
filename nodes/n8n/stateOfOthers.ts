import type { IPollFunctions, Workflow } from 'n8n-workflow';
import type { NodeContext } from './context';

/** The key of static data under which all nodes of this package keep what they remember. */
export const MEMORY = 'polyAi';

/**
 * Workflows, by ID, in which others were seen to keep something. A trigger that is already published
 * isn't told when another one is added beside it, but executions are.
 */
const shared = new Set<string | undefined>();

/**
 * Whether anybody else keeps something in the workflow's static data, as triggers that poll do. n8n
 * saves static data as a whole, as the execution or trigger that saves it found it when it began: what
 * others have stored since would be rolled back, and their rows would come again (docs/design.md § 3,
 * promise 7). Where it can't be told the answer is yes: nothing may fail here, since a call was just placed.
 */
export function hasStateOfOthers(context: NodeContext): boolean {
	noteOthers(context);
	return shared.has(context.getWorkflow().id);
}

/** To be done by executions, so that the triggers of the workflow know of others too. */
export function noteOthers(context: NodeContext): void {
	if (findsOthers(context)) shared.add(context.getWorkflow().id);
}

function findsOthers(context: NodeContext): boolean {
	try {
		const { nodes, nodeTypes, staticData } = workflowOf(context) as Workflow;
		if (holdsAnything({ ...(staticData.global as object), [MEMORY]: undefined })) return true;
		return Object.values(nodes).some((node) => {
			// What it remembers is written by each of our nodes as it is at that moment.
			if (node.type.endsWith('.polyAiOutboundTrigger')) return false;
			const { description } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
			return description.polling === true || holdsAnything(staticData[`node:${node.name}`]);
		});
	} catch {
		return true;
	}
}

/** Whether n8n keeps a trigger's own static data in a row of its own, as with durable cursors. */
export function isKeptApart(context: IPollFunctions): boolean {
	const own = workflowOf(context)?.staticData?.[`node:${context.getNode().name}`];
	return own !== undefined && own !== context.getWorkflowStaticData('node');
}

/** What n8n-core's contexts hold while they run, and n8n-workflow's types don't tell. */
export function workflowOf(context: NodeContext): Workflow | undefined {
	return (context as unknown as { workflow?: Workflow }).workflow;
}

/** n8n stores empty lists for every Schedule Trigger: nothing that could be rolled back. */
function holdsAnything(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return value !== undefined && value !== null;
	return Object.values(value).some(holdsAnything);
}

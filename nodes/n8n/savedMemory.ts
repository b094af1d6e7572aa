import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { callTracker } from '../shared/tracking/callTracker';
import type { TriggerMemory } from '../shared/tracking/triggerMemory';
import type { NodeContext } from './context';
import {
	hasStateOfOthers,
	isKeptApart,
	MEMORY,
	noteOthers,
	workflowOf,
} from './staticDataOfOthers';
import { wallClock } from './wallClock';

/**
 * What is remembered of a workflow at the moment at which n8n saves it. A plain copy would be
 * outdated between the node's run and the end of its execution, and would bring back calls that
 * were reported in the meantime.
 */
class LiveMemory {
	constructor(private readonly workflowId: string) {}

	toJSON(): object {
		return callTracker.save(this.workflowId, wallClock.now());
	}
}

/** Loads what an earlier process, or another one, has saved for a workflow. */
export function recall(context: NodeContext): void {
	noteOthers(context);
	const saved = context.getWorkflowStaticData('global')[MEMORY] as unknown;
	if (saved instanceof LiveMemory) return;
	callTracker.restore(workflowIdOf(context), saved, wallClock.now());
}

/** The memory of a trigger node, by the node's ID, because people rename nodes. */
export function recallTrigger(context: IPollFunctions): TriggerMemory {
	recall(context);
	const memory = callTracker.trigger(workflowIdOf(context), context.getNode().id);
	if (isKeptApart(context)) memory.catchUpWith(context.getWorkflowStaticData('node')[MEMORY]);
	return memory;
}

/**
 * Has n8n save the memory together with whatever it saves of the workflow, and also makes it save
 * if that does no harm.
 *
 * @param isToBeSaved in an execution that has placed calls, or a poll that reports some: n8n saves
 * static data then, and otherwise only if another one has changed it
 */
export function keep(context: NodeContext, isToBeSaved: boolean): void {
	const staticData = workflowOf(context)?.staticData;
	if (!staticData) return;
	const wasChanged = staticData.__dataChanged;
	const live = new LiveMemory(workflowIdOf(context));
	context.getWorkflowStaticData('global')[MEMORY] = live as object;
	const mayBeSaved = isToBeSaved && !hasStateOfOthers(context);
	if (!mayBeSaved) staticData.__dataChanged = wasChanged;
}

/**
 * The same for a trigger. With durable cursors, it has a row of its own that is written after every
 * poll.
 */
export function keepTrigger(
	context: IPollFunctions,
	memory: TriggerMemory,
	reports: boolean,
): void {
	if (isKeptApart(context)) {
		context.getWorkflowStaticData('node')[MEMORY] = memory.save() as IDataObject;
	}
	keep(context, reports);
}

export function workflowIdOf(context: NodeContext): string {
	return context.getWorkflow().id ?? '';
}

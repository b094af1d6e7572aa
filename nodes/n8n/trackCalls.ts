import type { IExecuteFunctions } from 'n8n-workflow';
import type { CallState } from '../shared/polyai/generations/generation';
import { callTracker, MOST_TRACKED_CALLS } from '../shared/tracking/callTracker';
import { LiveSnapshot, readSnapshot } from '../shared/tracking/snapshot';
import type { TrackedCall } from '../shared/tracking/trackedCall';
import type { NodeContext } from './context';
import { hasStateOfOthers, noteOthers, SNAPSHOT } from './stateOfOthers';

/** Takes in the calls that a workflow left open when n8n was last stopped. */
export function restoreCalls(context: NodeContext): void {
	const workflowId = workflowIdOf(context);
	const saved = () => readSnapshot(context.getWorkflowStaticData('global')[SNAPSHOT], workflowId);
	callTracker.restore(workflowId, saved, Date.now());
}

/** Has n8n save the workflow's calls, as they will be when it does so, if that harms nobody. */
export function saveCalls(context: NodeContext): void {
	if (hasStateOfOthers(context)) return;
	const snapshot = new LiveSnapshot(callTracker, workflowIdOf(context));
	context.getWorkflowStaticData('global')[SNAPSHOT] = snapshot as object;
}

/** How a run of the action node tells the triggers of its calls. */
export interface Tracking {
	placed(call: Omit<TrackedCall, 'account' | 'workflowId' | 'executionId' | 'end'>): void;
	saw(callSid: string, state: CallState): void;
}

/** @param account key of the account with which the run places its calls */
export function trackCalls(context: IExecuteFunctions, account: string): Tracking {
	restoreCalls(context);
	noteOthers(context);
	const workflowId = workflowIdOf(context);
	const executionId = context.getExecutionId();
	let isSaved = false;
	return {
		placed(call) {
			const tracked = { ...call, account, workflowId, executionId };
			const shed = callTracker.add(tracked, Date.now());
			if (!callTracker.isAwaited(account)) return;
			if (shed > 0) warnOfShedding(context);
			if (!isSaved) saveCalls(context);
			isSaved = true;
		},
		saw: (callSid, state) => callTracker.saw(callSid, state, Date.now()),
	};
}

export function workflowIdOf(context: NodeContext): string {
	return context.getWorkflow().id ?? '';
}

function warnOfShedding(context: IExecuteFunctions): void {
	context.addExecutionHints?.({
		type: 'warning',
		message: `More than ${MOST_TRACKED_CALLS} calls are open: the oldest are no longer watched, and PolyAI Outbound Trigger will not report them. Use the option Call Log for so many.`,
	});
}

import type { IExecuteFunctions } from 'n8n-workflow';
import type { CallState } from '../shared/polyai/versions/apiVersion';
import { MOST_SAVED_BYTES, MOST_TRACKED_CALLS } from '../shared/tracking/bounds';
import { callTracker } from '../shared/tracking/callTracker';
import { sizeOf } from '../shared/tracking/savedCalls';
import type { TrackedCall } from '../shared/tracking/trackedCall';
import { keep, recall, workflowIdOf } from './savedMemory';
import { wallClock } from './wallClock';

/** How a run of the action node tells the triggers about its calls. */
export interface Tracking {
	placed(call: Omit<TrackedCall, 'account' | 'workflowId' | 'executionId' | 'end'>): void;
	saw(callSid: string, state: CallState): void;
}

const TOO_MANY = `More than ${MOST_TRACKED_CALLS} calls are open, or they have too much metadata: the oldest are no longer watched, and PolyAI Outbound Trigger will not report them. Use the option Call Log for so many.`;

const TOO_LARGE =
	'The open calls of this workflow have more metadata than n8n can keep over a restart. After a restart, PolyAI Outbound Trigger reports the oldest of them without it. Use the option Call Log for so much.';

/** @param account key of the account with which the run places its calls */
export function trackCalls(context: IExecuteFunctions, account: string): Tracking {
	recall(context);
	const workflowId = workflowIdOf(context);
	const executionId = context.getExecutionId();
	const said = new Set<string>();
	const warn = (message: string) => {
		if (!said.has(message)) context.addExecutionHints?.({ type: 'warning', message });
		said.add(message);
	};
	let bytes: number | undefined;
	return {
		placed(call) {
			const now = wallClock.now();
			const givenUp = callTracker.add({ ...call, account, workflowId, executionId }, now);
			if (!callTracker.isAwaited(account, now)) return;
			if (bytes === undefined) keep(context, true);
			bytes = bytes === undefined ? callTracker.bytesOf(workflowId, now) : bytes + sizeOf(call);
			if (givenUp > 0) warn(TOO_MANY);
			if (bytes > MOST_SAVED_BYTES) warn(TOO_LARGE);
		},
		saw: (callSid, state) => callTracker.saw(callSid, state, wallClock.now()),
	};
}

import { recall } from '../../n8n/savedMemory';
import { isKeptApart } from '../../n8n/staticDataOfOthers';
import type { CallError } from '../../shared/errors/callError';
import { notFound } from '../../shared/errors/notFound';
import { callTracker } from '../../shared/tracking/callTracker';
import { pollStatuses } from '../../shared/tracking/pollStatuses';
import type { EndedCall } from '../../shared/tracking/trackedCall';
import { toCallOutput, type Poll, type Source, statusOptions } from './source';

/** Calls that nodes of this n8n process have placed (docs/design.md § 4). */
export const trackedCalls: Source = {
	value: 'trackedCalls',
	name: 'Tracked Call Ended',
	action: 'On call ended',
	description: 'Calls that PolyAI Outbound nodes of any workflow place with the same credential',
	fields: [
		{
			displayName:
				"Only the n8n process that placed a call tracks it. If n8n runs in queue mode, choose 'Call in Call Log Ended'.",
			name: 'trackedCallsNotice',
			type: 'notice',
			default: '',
		},
	],
	options: statusOptions,
	noSample: notFound.endOfTrackedCall,

	async poll(poll) {
		const { memory, sender } = poll;
		const refused = await pollOpenCalls(poll);
		// No await from here on, so that no other poll can come in between.
		const calls = callTracker.toReport(memory);
		for (const { callSid } of calls) memory.reported.add(callSid, sender.clock.now());
		const told = calls.filter((call) => !isLeftOut(call, poll));
		return { ended: told.map((call) => toCallOutput(call.end, call)), refused };
	},

	async sample(poll) {
		recall(poll.context);
		const known = () => callTracker.toReport(poll.memory).slice(-1);
		const refused = known().length > 0 ? undefined : await pollOpenCalls(poll);
		return { ended: known().map((call) => toCallOutput(call.end, call)), refused };
	},
};

async function pollOpenCalls(poll: Poll): Promise<CallError | undefined> {
	const { clock } = poll.sender;
	const calls = callTracker.due(poll.memory, clock.now());
	return await pollStatuses(poll, calls, (call, seen) =>
		callTracker.applyStatus(call, seen, clock.now()),
	);
}

/**
 * n8n saves nothing for a poll that reports nothing. So if some results are left out, a call that
 * is gone after a restart most likely had one of those, and isn't reported as unavailable.
 */
function isLeftOut(call: EndedCall, { context, events }: Poll): boolean {
	const isFiltered = !events.includes('success') || !events.includes('failure');
	if (!isFiltered || isKeptApart(context) || !callTracker.isDoubtful(call)) return false;
	context.logger.warn(
		`PolyAI has forgotten the result of the call ${call.callSid} from before n8n was started. It is not reported, since Results leaves out some and this may have been one of them.`,
	);
	return true;
}

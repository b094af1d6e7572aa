import type { CallError } from '../../shared/errors/callError';
import { pollStatuses } from '../../shared/tracking/pollStatuses';
import type { CallEnd } from '../../shared/tracking/trackedCall';
import type { ScheduledCall } from '../../shared/tracking/pollSchedule';
import type { Poll } from './source';

export interface FoundEnds<Call> {
	ended: Array<{ call: Call; end: CallEnd }>;
	/** Why the status of the others isn't known. */
	unreadable: CallError[];
	/** A refusal that concerns all calls. */
	refused?: CallError;
}

/** Checks those of the calls that only this trigger watches that are due; forgets all others. */
export async function findEnds<Call extends ScheduledCall>(
	poll: Poll,
	calls: readonly Call[],
): Promise<FoundEnds<Call>> {
	const { schedule } = poll.memory;
	const { clock } = poll.sender;
	const found: FoundEnds<Call> = { ended: [], unreadable: [] };
	schedule.keepOnly(calls.map(({ callSid }) => callSid));
	const refused = await pollStatuses(poll, schedule.due(calls, clock.now()), (call, result) => {
		const end = schedule.applyStatus(call, result, clock.now());
		if (end) found.ended.push({ call, end });
		else if ('error' in result) found.unreadable.push(result.error);
	});
	return { ...found, refused };
}

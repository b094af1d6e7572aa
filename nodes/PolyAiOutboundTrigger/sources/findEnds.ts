import type { CallError } from '../../shared/callError';
import { pollStatuses } from '../../shared/tracking/pollStatuses';
import type { CallEnd } from '../../shared/tracking/trackedCall';
import type { ScheduledCall } from '../../shared/tracking/pollSchedule';
import type { Poll } from './source';

export interface FoundEnds<Call> {
	ended: Array<{ call: Call; end: CallEnd }>;
	/** Why it is not known how the others stand. */
	unreadable: CallError[];
	/** A refusal that concerns all calls. */
	refused?: CallError;
}

/** Looks at the calls that only one trigger watches, as far as they are due; all others are forgotten. */
export async function findEnds<Call extends ScheduledCall>(
	poll: Poll,
	calls: readonly Call[],
): Promise<FoundEnds<Call>> {
	const { watch } = poll.memory;
	const { clock } = poll.sender;
	const looked: FoundEnds<Call> = { ended: [], unreadable: [] };
	watch.keepOnly(calls.map(({ callSid }) => callSid));
	const refused = await pollStatuses(poll, watch.due(calls, clock.now()), (call, look) => {
		const end = watch.applyStatus(call, look, clock.now());
		if (end) looked.ended.push({ call, end });
		else if ('error' in look) looked.unreadable.push(look.error);
	});
	return { ...looked, refused };
}

import type { CallError } from '../../shared/callError';
import { lookAround } from '../../shared/tracking/lookAround';
import type { CallEnd } from '../../shared/tracking/trackedCall';
import type { WatchedCall } from '../../shared/tracking/watch';
import type { Poll } from './source';

export interface Looked<Call> {
	ended: Array<{ call: Call; end: CallEnd }>;
	/** Why it is not known how the others stand. */
	unreadable: CallError[];
	/** A refusal that concerns all calls. */
	refused?: CallError;
}

/** Looks at the calls that only one trigger watches, as far as they are due; all others are forgotten. */
export async function lookForEnds<Call extends WatchedCall>(
	poll: Poll,
	calls: readonly Call[],
): Promise<Looked<Call>> {
	const { watch } = poll.memory;
	const { clock } = poll.sender;
	const looked: Looked<Call> = { ended: [], unreadable: [] };
	watch.keepOnly(calls.map(({ callSid }) => callSid));
	const refused = await lookAround(poll, watch.due(calls, clock.now()), (call, look) => {
		const end = watch.judge(call, look, clock.now());
		if (end) looked.ended.push({ call, end });
		else if ('error' in look) looked.unreadable.push(look.error);
	});
	return { ...looked, refused };
}

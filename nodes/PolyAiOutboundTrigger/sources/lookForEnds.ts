import type { CallError } from '../../shared/callError';
import { lookAround } from '../../shared/tracking/lookAround';
import type { CallEnd } from '../../shared/tracking/trackedCall';
import type { WatchedCall } from '../../shared/tracking/watch';
import type { Poll } from './source';

/** What was learned of calls, by their SIDs. */
export interface Looked {
	ends: Map<string, CallEnd>;
	/** Why it is not known how they stand. */
	unreadable: Map<string, CallError>;
	/** A refusal that concerns all calls. */
	refused?: CallError;
}

/** Looks at the calls that only one trigger watches, as far as they are due; all others are forgotten. */
export async function lookForEnds(
	{ sender, account, until, memory: { watch, concurrency } }: Poll,
	calls: readonly WatchedCall[],
): Promise<Looked> {
	const { clock } = sender;
	const ends: Looked['ends'] = new Map();
	const unreadable: Looked['unreadable'] = new Map();
	watch.keepOnly(calls.map(({ callSid }) => callSid));
	const due = watch.due(calls, clock.now());
	const refused = await lookAround(sender, account, due, { until, concurrency }, (call, look) => {
		const end = watch.judge(call, look, clock.now());
		if (end) ends.set(call.callSid, end);
		else if ('error' in look) unreadable.set(call.callSid, look.error);
	});
	return { ends, unreadable, refused };
}

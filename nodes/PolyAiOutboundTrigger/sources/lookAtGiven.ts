import type { CallError } from '../../shared/callError';
import type { Look } from '../../shared/sending/readStatus';
import { lookAround } from '../../shared/tracking/lookAround';
import { givenEnvironment } from '../givenEnvironment';
import { POLL_CONCURRENCY } from '../pollLimits';
import type { Poll } from './source';

/** Looks at calls of which only the SID is known: their environment stands in the node's panel. */
export async function lookAtGiven(
	{ sender, account, until, context }: Poll,
	callSids: readonly string[],
	judge: (callSid: string, look: Look) => void,
): Promise<CallError | undefined> {
	const environment = givenEnvironment(context);
	const calls = callSids.map((callSid) => ({ callSid, environment }));
	const rules = { until, concurrency: POLL_CONCURRENCY };
	return await lookAround(sender, account, calls, rules, judge);
}

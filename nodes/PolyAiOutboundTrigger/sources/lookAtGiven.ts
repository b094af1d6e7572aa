import type { CallError } from '../../shared/callError';
import type { CallRef } from '../../shared/polyai/generations/generation';
import type { Look } from '../../shared/sending/readStatus';
import { lookAround } from '../../shared/tracking/lookAround';
import { givenEnvironment } from '../givenEnvironment';
import { POLL_CONCURRENCY } from '../pollLimits';
import type { Poll } from './source';

/** Looks at calls; the node's panel says the environment of those of which only the SID is known. */
export async function lookAtGiven(
	{ sender, account, until, context }: Poll,
	calls: readonly CallRef[],
	judge: (callSid: string, look: Look) => void,
): Promise<CallError | undefined> {
	const given = givenEnvironment(context);
	const complete = calls.map(({ callSid, environment = given }) => ({ callSid, environment }));
	const rules = { until, concurrency: POLL_CONCURRENCY };
	return await lookAround(sender, account, complete, rules, judge);
}

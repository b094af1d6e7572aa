import type { CallError } from '../../shared/callError';
import type { Look } from '../../shared/sending/readStatus';
import { lookAround } from '../../shared/tracking/lookAround';
import type { WatchedCall } from '../../shared/tracking/watch';
import { givenEnvironment } from '../givenEnvironment';
import type { Poll } from './source';

/** Looks at calls; the node's panel says the environment of those of which only the SID is known. */
export async function lookAtGiven<Call extends WatchedCall>(
	{ sender, account, until, context, memory: { concurrency } }: Poll,
	calls: readonly Call[],
	judge: (call: Call, look: Look) => void,
): Promise<CallError | undefined> {
	const given = givenEnvironment(context);
	const complete = calls.map((call) => ({ ...call, environment: call.environment ?? given }));
	return await lookAround(sender, account, complete, { until, concurrency }, judge);
}

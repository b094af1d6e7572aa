import { isFinal } from '../polyai/callStatus';
import type { Look } from '../sending/readStatus';
import { OLDEST_OPEN_CALL_MS, RETENTION_MS } from './lookSchedule';
import type { CallEnd, TrackedCall } from './trackedCall';

/**
 * What a look at a call says about its end; nothing while it is open. A call that PolyAI does not
 * know counts as gone only when the two hours are over: before, it may just be new.
 *
 * @param now milliseconds since 1970
 */
export function endOf(
	{ triggeredAt }: Pick<TrackedCall, 'triggeredAt'>,
	look: Look,
	now: number,
): CallEnd | undefined {
	if ('state' in look && isFinal(look.state.status)) {
		const { status, reason } = look.state;
		return { status: status as 'success' | 'failure', reason, finishedAt: now };
	}
	const age = now - triggeredAt;
	const isForgotten = 'error' in look && look.error.code === 'notFound' && age > RETENTION_MS;
	if (isForgotten) return unavailable('PolyAI forgot the result before it could be read', now);
	if (age > OLDEST_OPEN_CALL_MS) return unavailable('No result within 24 hours', now);
	return undefined;
}

function unavailable(reason: string, finishedAt: number): CallEnd {
	return { status: 'unavailable', reason, finishedAt };
}

import type { CallError } from '../../shared/errors/callError';
import type { Conversation } from '../../shared/polyai/conversations/conversation';
import { OUTBOUND_PREFIX } from '../../shared/polyai/conversations/wireNames';
import type { CallEnd } from '../../shared/tracking/trackedCall';
import { endFrom, type ScheduledCall } from '../../shared/tracking/pollSchedule';
import { findEnds } from '../sources/findEnds';
import type { Poll } from '../sources/source';
import type { Project } from './project';

/** How a call that an agent placed has ended. */
export interface Ending {
	conversation: Conversation;
	end: CallEnd;
}

/** PolyAI may show how a call ended only a while after its end. */
const SETTLING_MS = 10 * 60_000;

/**
 * How calls have ended. Where the list does not tell, or not even whether it is a call that an
 * agent placed, the call's status does, as long as PolyAI keeps it.
 *
 * @returns by call SID; calls to come back to are absent, and for those to be left out there is
 * nothing
 */
export async function classifyEndings(
	poll: Poll,
	{ environment }: Project,
	conversations: readonly Conversation[],
): Promise<{ classified: Map<string, Ending | undefined>; refused?: CallError }> {
	const classified = new Map<string, Ending | undefined>();
	const untold: Array<ScheduledCall & { conversation: Conversation }> = [];
	const now = poll.sender.clock.now();
	for (const conversation of conversations) {
		const { callSid, status, reason, direction, finishedAt: lastUpdated } = conversation;
		const times = timesOf(conversation);
		const end = endFrom(times, { status, reason, lastUpdated }, now);
		if (direction === 'inbound') classified.set(callSid, undefined);
		else if (direction === 'outbound' && end) classified.set(callSid, { conversation, end });
		else untold.push({ ...times, callSid, environment, conversation });
	}
	const { ended, refused } = await findEnds(poll, untold);
	for (const { call, end } of ended) {
		const { callSid, conversation } = call;
		const isPlaced = conversation.direction === 'outbound' || callSid.startsWith(OUTBOUND_PREFIX);
		const isLeftOut = end.status === 'unavailable' && !isPlaced;
		const reason = end.isForgotten ? 'PolyAI does not show how the call ended' : end.reason;
		classified.set(callSid, isLeftOut ? undefined : { conversation, end: { ...end, reason } });
	}
	// That one call may not be read concerns nobody: the list shows calls of others, too.
	return { classified, refused: refused?.details.httpStatus === 401 ? refused : undefined };
}

function timesOf({ startedAt, finishedAt }: Conversation): Omit<ScheduledCall, 'callSid'> {
	const [start, end] = [startedAt, finishedAt].map((time) => Date.parse(time ?? ''));
	return {
		...(start && { triggeredAt: start }),
		...(end && { goneAt: end + SETTLING_MS }),
	};
}

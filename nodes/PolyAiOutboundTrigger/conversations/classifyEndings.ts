import type { CallError } from '../../shared/errors/callError';
import type { Conversation } from '../../shared/polyai/conversations/conversation';
import { OUTBOUND_PREFIX } from '../../shared/polyai/conversations/wireNames';
import type { CallEnd } from '../../shared/tracking/trackedCall';
import { endFrom, type ScheduledCall } from '../../shared/tracking/pollSchedule';
import { findEnds } from '../sources/findEnds';
import type { Poll } from '../sources/source';
import type { Project } from './project';

/** How a call placed by an agent has ended. */
export interface Ending {
	conversation: Conversation;
	end: CallEnd;
}

/** PolyAI may not show how a call ended until a while later. */
const SETTLING_MS = 10 * 60_000;

/**
 * How calls have ended. If the list doesn't show that, or not even whether an agent placed the
 * call, the call's status does, as long as PolyAI keeps it.
 *
 * @returns by call SID; calls to check again later are absent, and undefined means that a call is
 * to be left out
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
	// One call that can't be read doesn't matter: the list also shows calls placed by others.
	return { classified, refused: refused?.details.httpStatus === 401 ? refused : undefined };
}

function timesOf({ startedAt, finishedAt }: Conversation): Omit<ScheduledCall, 'callSid'> {
	const [start, end] = [startedAt, finishedAt].map((time) => Date.parse(time ?? ''));
	return {
		...(start && { triggeredAt: start }),
		...(end && { goneAt: end + SETTLING_MS }),
	};
}

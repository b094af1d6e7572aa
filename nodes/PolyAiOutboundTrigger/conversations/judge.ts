import type { CallError } from '../../shared/callError';
import type { Conversation } from '../../shared/conversations/conversation';
import { OUTBOUND_PREFIX } from '../../shared/conversations/wireNames';
import { isFinal } from '../../shared/polyai/callStatus';
import type { Look } from '../../shared/sending/readStatus';
import { lookAround } from '../../shared/tracking/lookAround';
import type { CallEnd } from '../../shared/tracking/trackedCall';
import { endTold, type WatchedCall } from '../../shared/tracking/watch';
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
export async function judge(
	{ sender, account, until, memory: { watch, concurrency } }: Poll,
	{ environment }: Project,
	conversations: readonly Conversation[],
): Promise<{ judged: Map<string, Ending | undefined>; refused?: CallError }> {
	const { clock } = sender;
	const judged = new Map<string, Ending | undefined>();
	const untold: Array<WatchedCall & { conversation: Conversation }> = [];
	for (const conversation of conversations) {
		const { callSid, status, direction } = conversation;
		const isTold = direction === 'outbound' && isFinal(status);
		if (direction === 'inbound') judged.set(callSid, undefined);
		else if (isTold) judged.set(callSid, { conversation, end: endOf(conversation, clock.now()) });
		else untold.push({ ...timesOf(conversation), callSid, environment, conversation });
	}
	watch.keepOnly(untold.map(({ callSid }) => callSid));
	const step = ({ conversation, ...call }: (typeof untold)[number], look: Look) => {
		const end = watch.judge(call, look, clock.now());
		if (!end) return;
		const isLeftOut = end.status === 'unavailable' && !isPlaced(conversation);
		judged.set(call.callSid, isLeftOut ? undefined : { conversation, end: inItsWords(end) });
	};
	const due = watch.due(untold, clock.now());
	const refused = await lookAround(sender, account, due, { until, concurrency }, step);
	// That one call may not be read concerns nobody: the list shows calls of others, too.
	return { judged, refused: refused?.details.httpStatus === 401 ? refused : undefined };
}

function timesOf({ startedAt, finishedAt }: Conversation): Omit<WatchedCall, 'callSid'> {
	const [start, end] = [startedAt, finishedAt].map((time) => Date.parse(time ?? ''));
	return {
		...(start && { triggeredAt: start }),
		...(end && { goneAt: end + SETTLING_MS }),
	};
}

function isPlaced({ callSid, direction }: Conversation): boolean {
	return direction === 'outbound' || callSid.startsWith(OUTBOUND_PREFIX);
}

function endOf({ status, reason, startedAt, finishedAt }: Conversation, now: number): CallEnd {
	const triggeredAt = Date.parse(startedAt ?? '') || undefined;
	return endTold({ triggeredAt }, { status, reason, lastUpdated: finishedAt }, now);
}

function inItsWords({ isForgotten, ...end }: CallEnd): CallEnd {
	return isForgotten ? { ...end, reason: 'PolyAI does not show how the call ended' } : end;
}

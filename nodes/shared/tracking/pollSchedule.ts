import { isFinal } from '../polyai/callStatus';
import type { CallRef, CallState } from '../polyai/versions/apiVersion';
import type { StatusResult } from '../polyai/readStatus';
import { concernsAll, isForbidden } from '../polyai/statusRefusals';
import type { CallEnd } from './trackedCall';

const MINUTE = 60_000;

/** PolyAI keeps a status for about two hours after the call's end (docs/polyai-api.md § 2). */
export const RETENTION_MS = 120 * MINUTE;

/** A call that hasn't ended within a day won't be reported anymore. */
export const OLDEST_OPEN_CALL_MS = 24 * 60 * MINUTE;

/** Rare enough to spare PolyAI, frequent enough never to miss the two hours. */
const LONGEST_PAUSE_MS = 10 * MINUTE;

/**
 * The older an open call, the less often its status is read: after a tenth of its age, 10 minutes
 * at most.
 */
const SHARE_OF_AGE = 0.1;

/** A call from any source, with what decides when its status is read. */
export interface ScheduledCall extends CallRef {
	/** Milliseconds since 1970; absent if not known. */
	triggeredAt?: number;
	/**
	 * From then on, a call that PolyAI doesn't show counts as gone; usually two hours after it was
	 * placed.
	 */
	goneAt?: number;
}

/** When a call that PolyAI doesn't show counts as gone, in milliseconds since 1970, if known. */
export function goneAtOf({ goneAt, triggeredAt }: ScheduledCall): number | undefined {
	return goneAt ?? (triggeredAt === undefined ? undefined : triggeredAt + RETENTION_MS);
}

interface Note {
	firstSeen: number;
	lastReadAt?: number;
	/** Readings that PolyAI answered or might have. */
	readings: number;
	/** How many of the last ones in a row PolyAI refused for this call alone. */
	refusals: number;
}

/** When statuses were read, and what follows from that. The same for all sources. */
export class PollSchedule {
	private readonly notes = new Map<string, Note>();

	/** Those whose status is to be read, the one that has waited longest first. */
	due<Call extends ScheduledCall>(calls: Iterable<Call>, now: number): Call[] {
		return [...calls]
			.map((call) => ({ call, at: this.nextReadAt(call, now) }))
			.filter(({ at }) => at <= now)
			.sort((a, b) => a.at - b.at)
			.map(({ call }) => call);
	}

	/**
	 * What a reading says about a call's end; undefined while it's open. A call that PolyAI doesn't
	 * show counts as gone if that happened twice in a row and its two hours are over: it may just be
	 * new.
	 */
	applyStatus(call: ScheduledCall, result: StatusResult, now: number): CallEnd | undefined {
		const note = this.noteOf(call, now);
		note.lastReadAt = now;
		if (concernsAll(result)) return undefined;
		note.readings++;
		note.refusals = 'error' in result && !result.mayPass ? note.refusals + 1 : 0;
		const end = 'state' in result ? endFrom(call, result.state, now) : undefined;
		if (end) return end;
		const { triggeredAt } = call;
		// A key without read permission is refused in the same words: this leaves time to give it more
		// rights.
		const unknownGoneAt = isForbidden(result) ? note.firstSeen + RETENTION_MS : 0;
		if (note.refusals >= 2 && now > (goneAtOf(call) ?? unknownGoneAt)) {
			return { ...unavailable(FORGOTTEN, now), isForgotten: true };
		}
		const isOld = now - (triggeredAt ?? note.firstSeen) > OLDEST_OPEN_CALL_MS;
		const isSure = 'state' in result || note.readings >= 2;
		return isOld && isSure ? unavailable('No result within 24 hours', now) : undefined;
	}

	forget(callSid: string): void {
		this.notes.delete(callSid);
	}

	/** Forgets all calls but these. */
	keepOnly(callSids: Iterable<string>): void {
		const kept = new Set(callSids);
		for (const callSid of this.notes.keys()) if (!kept.has(callSid)) this.notes.delete(callSid);
	}

	private nextReadAt(call: ScheduledCall, now: number): number {
		const { lastReadAt, firstSeen } = this.noteOf(call, now);
		const start = call.triggeredAt ?? firstSeen;
		if (lastReadAt === undefined) return Math.min(start, now);
		// In the future if a clock was set back, which must not hold up anyone.
		if (lastReadAt > now) return now;
		const age = Math.max(0, lastReadAt - start);
		return lastReadAt + Math.min(LONGEST_PAUSE_MS, age * SHARE_OF_AGE);
	}

	private noteOf({ callSid }: ScheduledCall, now: number): Note {
		const note = this.notes.get(callSid) ?? { firstSeen: now, readings: 0, refusals: 0 };
		this.notes.set(callSid, note);
		return note;
	}
}

/** The end that a final status shows, at PolyAI's time for it; undefined for any other status. */
export function endFrom(
	call: Pick<ScheduledCall, 'triggeredAt'>,
	{ status, reason, lastUpdated }: CallState,
	now: number,
): CallEnd | undefined {
	if (!isFinal(status)) return undefined;
	const finishedAt = plausibleEnd(lastUpdated, call.triggeredAt, now);
	return { status, finishedAt, ...(reason && { reason }) };
}

/**
 * @param told ISO 8601
 * @returns milliseconds since 1970; `now` for a time before the call was placed or in the future
 */
export function plausibleEnd(told: string | undefined, triggeredAt = 0, now: number): number {
	const time = Date.parse(told ?? '');
	return time >= triggeredAt && time <= now ? time : now;
}

const FORGOTTEN = 'PolyAI forgot the result before it could be read';

function unavailable(reason: string, finishedAt: number): CallEnd {
	return { status: 'unavailable', reason, finishedAt };
}

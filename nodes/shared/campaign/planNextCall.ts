import type { CallingWindow } from '../callingHours/callingWindow';
import { checkCallingHours } from '../callingHours/checkCallingHours';
import type { PlacedNumber } from '../callingHours/timeZonesOf';
import { isoTime } from '../time/isoTime';

const MINUTE = 60_000;

/** When a campaign's people are called, and how often. */
export interface CallingPlan {
	window: CallingWindow;
	/** Maximum number of calls to one person. */
	maxAttempts: number;
	/**
	 * Minutes after the first call, the second and so on that didn't reach the person; the last one
	 * repeats.
	 */
	tryAgainAfter: readonly number[];
}

/** When a person is called next, or why the campaign has ended for that person. Milliseconds since 1970. */
export type NextCall = { at: number } | { outcome: 'notReached' | 'expired'; reason: string };

/**
 * After a call that didn't reach the person.
 *
 * @param attempts calls so far, that one included
 * @param callUntil milliseconds since 1970, after which no call is placed
 */
export function planNextCall(
	number: PlacedNumber,
	{ attempts, callUntil }: { attempts: number; callUntil?: number },
	plan: CallingPlan,
	now: number,
): NextCall {
	if (attempts >= plan.maxAttempts) {
		return { outcome: 'notReached', reason: describeAttempts(attempts) };
	}
	const { tryAgainAfter } = plan;
	const pause = tryAgainAfter[Math.min(attempts, tryAgainAfter.length) - 1] ?? 0;
	return moveIntoHours(number, now + pause * MINUTE, callUntil, plan);
}

/** The first moment, from a given time on, within the calling hours in the person's time zone. */
export function moveIntoHours(
	number: PlacedNumber,
	time: number,
	callUntil: number | undefined,
	{ window }: CallingPlan,
): NextCall {
	const answer = checkCallingHours(number, window, time);
	if (!answer.allowed && answer.nextAllowedAt === undefined) {
		return { outcome: 'expired', reason: answer.reason };
	}
	const at = answer.allowed ? time : Date.parse(answer.nextAllowedAt as string);
	// A deadline that can't be read counts as over: better no call than one too late.
	if (callUntil === undefined || at <= callUntil) return { at };
	return { outcome: 'expired', reason: `No call is placed after ${isoTime(callUntil) ?? 'it'}.` };
}

function describeAttempts(attempts: number): string {
	if (!Number.isFinite(attempts)) return "'attempts' is not a number.";
	return attempts === 1 ? 'Not reached in 1 call.' : `Not reached in ${attempts} calls.`;
}

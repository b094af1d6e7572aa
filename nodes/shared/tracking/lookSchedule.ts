import type { TrackedCall } from './trackedCall';

const MINUTE = 60_000;

/** PolyAI keeps a status for about two hours after the call's end (polyai-api.md § 2). */
export const RETENTION_MS = 120 * MINUTE;

/** A call that has not ended within a day will not be heard of any more. */
export const OLDEST_OPEN_CALL_MS = 24 * 60 * MINUTE;

/** Seldom enough to spare PolyAI, often enough never to miss the two hours. */
const LONGEST_PAUSE_MS = 10 * MINUTE;

/** The older an open call, the less likely its end is just now: a tenth of its age, 10 minutes at most. */
const SHARE_OF_AGE = 0.1;

/**
 * When a call is to be looked at again, in milliseconds since 1970.
 *
 * @param lastLook milliseconds since 1970; nothing when nobody looked yet
 */
export function nextLookAt(
	{ triggeredAt }: Pick<TrackedCall, 'triggeredAt'>,
	lastLook: number | undefined,
): number {
	if (lastLook === undefined) return triggeredAt;
	const age = Math.max(0, lastLook - triggeredAt);
	return lastLook + Math.min(LONGEST_PAUSE_MS, age * SHARE_OF_AGE);
}

export const HOUR_MS = 60 * 60_000;

/** Calls that a process remembers, and call SIDs that a trigger remembers to have reported. */
export const MOST_TRACKED_CALLS = 10_000;

/** What these calls may take up together, with their metadata. */
export const MOST_TRACKED_BYTES = 50_000_000;

/** What of a workflow's calls is written into n8n's static data: ten thousand without metadata. */
export const MOST_SAVED_BYTES = 2_000_000;

/** Nothing is remembered for longer; what is older is of no use to a workflow anymore. */
export const LONGEST_STAY_MS = 7 * 24 * HOUR_MS;

/** A trigger that has not polled for so long was switched off: nobody waits for it. Most often people poll daily. */
export const LONGEST_ABSENCE_MS = 25 * HOUR_MS;

/** Switched on again, a trigger reports what has ended in its absence no longer ago than this. */
export const LOOKED_BACK_MS = HOUR_MS;

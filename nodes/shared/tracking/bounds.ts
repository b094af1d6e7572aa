export const HOUR_MS = 60 * 60_000;

/** How many calls a process remembers, and how many reported call SIDs a trigger remembers. */
export const MOST_TRACKED_CALLS = 10_000;

/** What these calls may take up together, with their metadata. */
export const MOST_TRACKED_BYTES = 50_000_000;

/** How much of a workflow's calls is saved in n8n's static data: ten thousand without metadata. */
export const MOST_SAVED_BYTES = 2_000_000;

/** Nothing is remembered for longer; older calls are no longer useful to a workflow. */
export const LONGEST_STAY_MS = 7 * 24 * HOUR_MS;

/**
 * A trigger that hasn't polled for this long was turned off: nothing waits for it. Even the slowest
 * triggers usually poll daily.
 */
export const LONGEST_ABSENCE_MS = 25 * HOUR_MS;

/** How far back a trigger goes when it's turned on again. */
export const LOOKED_BACK_MS = HOUR_MS;

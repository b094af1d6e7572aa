/** How often a failure that may pass is tried again, besides 429. */
export const MOST_TRIES = 5;

/**
 * The longest that one item waits for PolyAI to take requests again. Longer is for the user to
 * decide: the item fails with what PolyAI asked for.
 */
export const LONGEST_WAIT_MS = 5 * 60_000;

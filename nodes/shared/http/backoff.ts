/** The first delay; PolyAI asks for exponential backoff without giving a number. */
const BASE_MS = 1000;
/** Longer pauses would look like a hang in the editor. */
const CEILING_MS = 30_000;

/**
 * Exponential backoff with full jitter: a random time up to 1 s, 2 s, 4 s … 30 s.
 *
 * @param attempt how many requests have failed so far, from 1
 * @param random a number from 0 to 1
 */
export function backoffMs(attempt: number, random: () => number): number {
	return random() * Math.min(CEILING_MS, BASE_MS * 2 ** (attempt - 1));
}

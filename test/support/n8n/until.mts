import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than anything here takes, so that the test fails instead of waiting forever. */
const LONGEST_WAIT_MS = 300_000;

/**
 * Checks repeatedly until there is something.
 *
 * @param what what is awaited, for the error if it doesn't come
 */
export async function until<Found>(
	what: string | (() => string),
	look: () => Promise<Found | undefined> | Found | undefined,
): Promise<Found> {
	const giveUp = Date.now() + LONGEST_WAIT_MS;
	while (Date.now() < giveUp) {
		const found = await look();
		if (found !== undefined) return found;
		await sleep(200);
	}
	const missing = typeof what === 'string' ? what : what();
	throw new Error(`Not within ${LONGEST_WAIT_MS / 1000} seconds: ${missing}`);
}

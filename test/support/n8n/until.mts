import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than anything here takes, so that what never comes is told and not waited for. */
const LONGEST_WAIT_MS = 150_000;

/** Looks again and again until there is something. */
export async function until<Found>(
	what: string,
	look: () => Promise<Found | undefined> | Found | undefined,
): Promise<Found> {
	const giveUp = Date.now() + LONGEST_WAIT_MS;
	while (Date.now() < giveUp) {
		const found = await look();
		if (found !== undefined) return found;
		await sleep(200);
	}
	throw new Error(`Not within ${LONGEST_WAIT_MS / 1000} seconds: ${what}`);
}

import { NotNow } from '../../../shared/campaign/campaignTools';
import type { Clock } from '../../../shared/time/clock';

/** What might hold back a call is checked again if that takes longer, in milliseconds … */
const SLOW_MS = 1000;

/** … but not forever, as an n8n may always be slow. */
const MOST_ROUNDS = 2;

/** An n8n that takes longer, in milliseconds, is just starting: what it said first is too old. */
const TOO_OLD_MS = 30_000;

/**
 * The checks before a call is sent, until they are fresh.
 *
 * @param checks asks n8n, and throws what keeps the call from being sent
 * @throws NotNow if they are too old even then
 */
export async function checkFreshly(clock: Clock, checks: () => Promise<void>): Promise<void> {
	let tookMs = Infinity;
	for (let rounds = 0; rounds < MOST_ROUNDS && tookMs >= SLOW_MS; rounds++) {
		const begunAt = clock.now();
		await checks();
		tookMs = clock.now() - begunAt;
	}
	if (tookMs > TOO_OLD_MS) throw new NotNow();
}

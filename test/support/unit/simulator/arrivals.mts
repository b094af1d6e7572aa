import type { Simulator } from '../../../simulator/server.mts';
import type { Reply } from './polyAiClient.mts';

/** Resolves when this many requests wait for their answer, and no sooner. */
export async function inFlight({ journal }: Simulator, wanted: number): Promise<void> {
	while (journal.counts.inFlight !== wanted) await new Promise(setImmediate);
}

/**
 * Asks, and goes away once the request has arrived and its answer isn't coming.
 * @returns the answer if one came nevertheless
 */
export async function giveUpOn(
	polyAi: Simulator,
	ask: (signal: AbortSignal) => Promise<Reply>,
): Promise<Reply | 'no answer'> {
	const leaving = new AbortController();
	const reply = ask(leaving.signal).catch(() => 'no answer' as const);
	let isAnswered = false;
	void reply.then(() => (isAnswered = true));
	while (!isAnswered && polyAi.journal.counts.inFlight === 0) await new Promise(setImmediate);
	leaving.abort();
	const result = await reply;
	await inFlight(polyAi, 0);
	return result;
}

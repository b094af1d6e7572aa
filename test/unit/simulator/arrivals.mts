import type { Simulator } from '../../simulator/server.mts';

/** Resolves when so many requests are being answered, and no sooner. */
export async function inFlight({ journal }: Simulator, wanted: number): Promise<void> {
	while (journal.counts.inFlight !== wanted) await new Promise(setImmediate);
}

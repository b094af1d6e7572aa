import type { Clock } from './calls/callBook.mts';
import type { FaultList } from './faults/faultList.mts';
import type { RateLimit } from './faults/rateLimit.mts';
import type { PolyAi } from './versions/apiVersion.mts';
import type { Journal } from './journal.mts';

/** PolyAI, with everything that watches it and makes it fail. */
export interface World extends PolyAi {
	clock: Clock;
	/** In milliseconds. */
	sleep(ms: number): Promise<void>;
	faults: FaultList;
	rateLimit: RateLimit;
	journal: Journal;
}

/**
 * Calls that will be sent within this time are recorded together: that many are unclear after a
 * crash.
 */
const LONGEST_MS = 2000;

/** A block is begun this long before its first call is due, so that no call waits for it. */
const LEAD_MS = 100;

/** Nothing is written ahead at the pace of a shorter time: a few calls at once say little. */
const SHORTEST_MS = 250;

const LARGEST_BLOCK = 500;

/** How many calls to record at once, by the pace at which they are sent. */
export class BatchSize {
	private lastAt?: number;
	private sentSince = 0;

	countSent(): void {
		this.sentSince++;
	}

	/**
	 * How many will be sent by the time of the next block, judging by the pace so far.
	 *
	 * @param now milliseconds since 1970
	 * @param last how many were recorded ahead after the last block
	 */
	next(now: number, last: number): number {
		const isFirst = this.lastAt === undefined;
		const atThisPace = Math.floor(this.sentWithin(LONGEST_MS - LEAD_MS, now, 1));
		this.lastAt = now;
		this.sentSince = 0;
		// A moment isn't enough to know the pace: there are at most three times as many as before.
		return isFirst ? 0 : Math.min(atThisPace, 2 * last, LARGEST_BLOCK);
	}

	/**
	 * Whether the next block should be begun.
	 *
	 * @param now milliseconds since 1970
	 * @param left how many are recorded and still to be sent
	 */
	isTimeForNext(now: number, left: number): boolean {
		return left < this.sentWithin(LEAD_MS, now, SHORTEST_MS);
	}

	private sentWithin(ms: number, now: number, shortest: number): number {
		const passed = Math.max(shortest, now - (this.lastAt ?? now));
		return (this.sentSince / passed) * ms;
	}
}

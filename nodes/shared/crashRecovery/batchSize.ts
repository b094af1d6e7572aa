/**
 * Calls that will be sent within this time are recorded together: that many are unclear after a
 * crash.
 */
const BLOCK_MS = 2000;

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
		const passed = Math.max(1, now - (this.lastAt ?? now));
		const atThisPace = Math.floor((this.sentSince / passed) * BLOCK_MS);
		const isFirst = this.lastAt === undefined;
		this.lastAt = now;
		this.sentSince = 0;
		// A moment isn't enough to know the pace: there are at most three times as many as before.
		return isFirst ? 0 : Math.min(atThisPace, 2 * last, LARGEST_BLOCK);
	}
}

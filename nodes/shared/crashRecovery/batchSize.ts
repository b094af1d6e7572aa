/**
 * Calls that will be sent within this time may be recorded in advance: that many are unclear after a
 * crash.
 */
const AHEAD_MS = 2000;

const LARGEST_BLOCK = 500;

/** How many calls to record at once, by the pace at which they are sent. */
export class BatchSize {
	private lastAt?: number;
	private sentSince = 0;
	private sent = 0;

	countSent(): void {
		this.sentSince++;
		this.sent++;
	}

	/**
	 * How many more to record in advance, judging by the pace since the last block.
	 *
	 * @param now milliseconds since 1970
	 * @param ahead so many are recorded, and have not been sent
	 */
	next(now: number, ahead: number): number {
		const passed = Math.max(1, now - (this.lastAt ?? now));
		const atThisPace = Math.floor((this.sentSince / passed) * AHEAD_MS);
		const isFirst = this.lastAt === undefined;
		this.lastAt = now;
		this.sentSince = 0;
		// A moment isn't enough to know the pace, so it is never more than twice what was sent.
		const most = isFirst ? 0 : Math.min(atThisPace, 2 * this.sent);
		return Math.min(Math.max(0, most - ahead), LARGEST_BLOCK);
	}
}

/** What will be sent within this time is written together: so much is unclear after a crash. */
const BLOCK_MS = 2000;

const LARGEST_BLOCK = 500;

/** How many calls are worth writing down at once, by the pace at which they are sent. */
export class BlockSize {
	private lastAt?: number;
	private sentSince = 0;

	countSent(): void {
		this.sentSince++;
	}

	/**
	 * How many will be sent by the time of the next block, as far as the pace so far tells.
	 *
	 * @param now milliseconds since 1970
	 * @param last size of the last block
	 */
	next(now: number, last: number): number {
		const passed = Math.max(1, now - (this.lastAt ?? now));
		const atThisPace = Math.floor((this.sentSince / passed) * BLOCK_MS);
		const isFirst = this.lastAt === undefined;
		this.lastAt = now;
		this.sentSince = 0;
		// A pace seen for a moment only is not yet one: a block is at most thrice the last.
		return isFirst ? 0 : Math.min(atThisPace, 2 * last, LARGEST_BLOCK);
	}
}

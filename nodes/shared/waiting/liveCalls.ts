import { onAbort } from '../time/onAbort';

/** Limits how many calls of a run are in progress at once. */
export class LiveCalls {
	/** Calls in progress, including those that are no longer watched. */
	private live = 0;
	private unwatched = 0;
	private readonly waiting: Array<(hasRoom: boolean) => void> = [];

	/**
	 * @param most Infinity for no limit
	 * @param signal that ends all waiting: nothing is sent then
	 */
	constructor(
		private readonly most: number,
		signal?: AbortSignal,
	) {
		onAbort(signal, () => this.release(true));
	}

	/**
	 * Waits until there is room for another call, first come, first served.
	 *
	 * @returns false if there will be none: calls that are no longer watched may take all of it
	 */
	async enter(): Promise<boolean> {
		if (this.unwatched >= this.most) return false;
		if (this.live < this.most) {
			this.live++;
			return true;
		}
		return await new Promise((resolve) => this.waiting.push(resolve));
	}

	/** Counts a call that has already been placed. */
	count(): void {
		this.live++;
	}

	/** A call has ended, or wasn't placed after all: the next one takes its place. */
	leave(): void {
		const next = this.live <= this.most ? this.waiting.shift() : undefined;
		if (next) next(true);
		else this.live--;
	}

	/** A call may still be going on, and it won't be known when it ends. */
	stay(): void {
		this.unwatched++;
		if (this.unwatched >= this.most) this.release(false);
	}

	private release(hasRoom: boolean): void {
		for (const resolve of this.waiting.splice(0)) resolve(hasRoom);
	}
}

import { onAbort } from '../time/onAbort';

/** Lets so many calls of a run be in progress at once. */
export class LiveCalls {
	/** Calls in progress, those included that nobody watches anymore. */
	private live = 0;
	private unwatched = 0;
	private readonly waiting: Array<(hasRoom: boolean) => void> = [];

	/**
	 * @param most Infinity for no limit
	 * @param signal at whose end nobody waits anymore: nothing is sent then
	 */
	constructor(
		private readonly most: number,
		signal?: AbortSignal,
	) {
		onAbort(signal, () => this.release(true));
	}

	/**
	 * Waits until there is room for another call. Who comes first goes first.
	 *
	 * @returns false when there will be none: calls that nobody watches anymore may take all of it
	 */
	async enter(): Promise<boolean> {
		if (this.unwatched >= this.most) return false;
		if (this.live < this.most) {
			this.live++;
			return true;
		}
		return await new Promise((resolve) => this.waiting.push(resolve));
	}

	/** One more that was placed already. */
	count(): void {
		this.live++;
	}

	/** A call has ended, or was not placed after all: the next one takes its room. */
	leave(): void {
		const next = this.live <= this.most ? this.waiting.shift() : undefined;
		if (next) next(true);
		else this.live--;
	}

	/** A call may go on, and nobody will know when it ends. */
	stay(): void {
		this.unwatched++;
		if (this.unwatched >= this.most) this.release(false);
	}

	private release(hasRoom: boolean): void {
		for (const resolve of this.waiting.splice(0)) resolve(hasRoom);
	}
}

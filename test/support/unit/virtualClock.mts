import type { Clock } from '../../../nodes/shared/time/clock.ts';
import { onAbort } from '../../../nodes/shared/time/onAbort.ts';

interface Sleeper {
	at: number;
	wake: () => void;
}

/**
 * Time that passes only when everyone sleeps: then it is at once as late as the first of them wants
 * to be woken. Sleepers of the same moment wake in the order in which they lay down.
 */
export class VirtualClock implements Clock {
	#now: number;
	#sleepers: Sleeper[] = [];
	#isTurning = false;

	constructor(now = Date.UTC(2026, 10, 23, 12)) {
		this.#now = now;
	}

	now = (): number => this.#now;

	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) return;
		await new Promise<void>((wake) => {
			const sleeper = { at: this.#now + Math.max(0, ms), wake };
			this.#sleepers.push(sleeper);
			onAbort(signal, () => {
				this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
				wake();
			});
			void this.#turn();
		});
	}

	/** Lets everything that is ready happen before the next moment begins. */
	async #turn(): Promise<void> {
		if (this.#isTurning) return;
		this.#isTurning = true;
		while (this.#sleepers.length > 0) {
			await new Promise((done) => setImmediate(done));
			const next = this.#sleepers.reduce<Sleeper | undefined>(
				(first, one) => (!first || one.at < first.at ? one : first),
				undefined,
			);
			if (!next) break;
			this.#sleepers = this.#sleepers.filter((one) => one !== next);
			this.#now = Math.max(this.#now, next.at);
			next.wake();
		}
		this.#isTurning = false;
	}
}

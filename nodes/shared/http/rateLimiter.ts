import pLimit from 'p-limit';
import type { HttpAnswer } from './transport';
import type { Clock } from '../time/clock';
import { onAbort } from '../time/onAbort';

/** When an account last let a call through, shared by all runs with a pace. */
export interface CallPace {
	/** Milliseconds since 1970 */
	lastCallAt: number;
}

type RequestKind = 'call' | 'read';

/** A pause that PolyAI asks for and that is too long to wait for. */
export interface LongPause {
	/** The 429 that asks for it. */
	answer: HttpAnswer;
	/** Milliseconds since 1970 */
	until: number;
}

/**
 * What all requests of a run pass through: the pace that the user set, and the pause that PolyAI's
 * 429 demands (docs/design.md § 3, promise 4).
 */
export class RateLimiter {
	private pausedUntil = 0;
	/** Calls that wait for their slot keep their order. */
	private readonly line = pLimit(1);
	private refused?: LongPause;
	/** Wakes the waiting calls, as there is nothing left to wait for. */
	private waiting = new AbortController();

	/**
	 * @param perMinute calls per minute; 0 means no limit
	 * @param pace shared with other runs, which may have a `perMinute` of their own
	 */
	constructor(
		private readonly clock: Clock,
		private readonly perMinute: number,
		private readonly signal?: AbortSignal,
		private readonly pace: CallPace = { lastCallAt: -Infinity },
	) {
		onAbort(signal, () => this.waiting.abort());
	}

	/** Waits until a call may be placed. False if the run was stopped in the meantime: don't send. */
	async acquireCallSlot(): Promise<boolean> {
		return this.perMinute > 0
			? await this.line(async () => await this.waitForSlot())
			: await this.passPauses('call');
	}

	/** The same for requests that read, to which the pace doesn't apply. */
	async waitForPause(): Promise<boolean> {
		return await this.passPauses('read');
	}

	/** Lets no one through for `ms` milliseconds. */
	pause(ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + ms);
	}

	/**
	 * For a pause that is too long to wait for: until it's over, all requests get this answer, and
	 * nothing is sent.
	 */
	refuse(answer: HttpAnswer, ms: number): void {
		this.refused = { answer, until: this.clock.now() + ms };
		this.waiting.abort();
		this.waiting = new AbortController();
	}

	get refusal(): LongPause | undefined {
		return this.refused && this.clock.now() < this.refused.until ? this.refused : undefined;
	}

	private async passPauses(kind: RequestKind): Promise<boolean> {
		for (;;) {
			const end = this.pausedUntil;
			if (!(await this.openAt(end, kind))) return false;
			if (end >= this.pausedUntil) return true;
		}
	}

	private async waitForSlot(): Promise<boolean> {
		while (!this.refusal) {
			if (!(await this.openAt(this.nextCallAt(), 'call'))) return false;
			// Someone else may have gone first, or a pause may have started.
			if (this.nextCallAt() > this.clock.now()) continue;
			this.pace.lastCallAt = this.clock.now();
			return true;
		}
		return true;
	}

	private async openAt(time: number, kind: RequestKind): Promise<boolean> {
		for (;;) {
			if (this.signal?.aborted) return false;
			const wait = time - this.clock.now();
			if (wait <= 0 || (kind === 'call' && this.refusal)) return true;
			await this.clock.sleep(wait, kind === 'call' ? this.waiting.signal : this.signal);
		}
	}

	private nextCallAt(): number {
		const { lastCallAt } = this.pace;
		// In the future if a clock was set back, which must not hold up anyone.
		if (lastCallAt > this.clock.now()) return this.pausedUntil;
		return Math.max(this.pausedUntil, lastCallAt + 60_000 / this.perMinute);
	}
}

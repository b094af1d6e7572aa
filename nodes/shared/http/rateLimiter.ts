import pLimit from 'p-limit';
import type { HttpAnswer } from './transport';
import type { Clock } from '../time/clock';
import { onAbort } from '../time/onAbort';

/** When an account last let a call through, for all runs that keep a pace on it. */
export interface CallPace {
	/** Milliseconds since 1970 */
	lastCallAt: number;
}

type RequestKind = 'call' | 'read';

/** A pause that PolyAI asks for and nobody can wait for. */
export interface LongPause {
	/** The 429 that asks for it. */
	answer: HttpAnswer;
	/** Milliseconds since 1970 */
	until: number;
}

/**
 * What all requests of one run pass through: the pace that the user set, and the pause that
 * PolyAI's 429 asks of everybody (docs/design.md § 3, promise 4).
 */
export class RateLimiter {
	private pausedUntil = 0;
	/** Calls that wait for their slot keep their order. */
	private readonly line = pLimit(1);
	private refused?: LongPause;
	/** Wakes the calls that wait, since there is nothing left to wait for. */
	private waiting = new AbortController();

	/**
	 * @param perMinute calls let through in a minute; 0 means no pace
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

	/** Waits until a call may be placed. False when the run was stopped meanwhile: do not send. */
	async acquireCallSlot(): Promise<boolean> {
		return this.perMinute > 0
			? await this.line(async () => await this.waitForSlot())
			: await this.passPauses('call');
	}

	/** The same for a request that reads, which the pace does not concern. */
	async waitForPause(): Promise<boolean> {
		return await this.passPauses('read');
	}

	/** Lets nobody through for `ms` milliseconds. */
	pause(ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + ms);
	}

	/** What nobody can wait for: until then everybody gets this answer, and nothing is sent. */
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
			// Somebody may have gone first, or a pause may have come.
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
		// In the future after a clock was set back: that must not hold up anybody.
		if (lastCallAt > this.clock.now()) return this.pausedUntil;
		return Math.max(this.pausedUntil, lastCallAt + 60_000 / this.perMinute);
	}
}

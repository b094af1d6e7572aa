import type { Clock } from '../calls/callBook.mts';
import type { Settings } from '../settings.mts';
import type { FaultEffect } from './fault.mts';

/** So many requests in each window; the first request after a window begins the next one. */
export interface Limit {
	requests: number;
	perMs: number;
	/** The form of Retry-After; takes turns from window to window if not given. */
	retryAfterAs?: 'seconds' | 'date';
}

/** PolyAI limits the requests of an account (docs/polyai-api.md § 2); all requests here are of one. */
export class RateLimit {
	private windowStart = -Infinity;
	private windows = 0;
	private requests = 0;

	constructor(
		private readonly settings: Settings,
		private readonly clock: Clock,
	) {}

	/** Counts a request; the 429 that it gets if it is one too many. */
	count(): FaultEffect | undefined {
		const { rateLimit } = this.settings;
		if (!rateLimit) return undefined;
		const now = this.clock.now();
		if (now >= this.windowStart + rateLimit.perMs) this.open(now);
		if (++this.requests <= rateLimit.requests) return undefined;
		return { answer: 429, retryAfter: this.retryAfter(rateLimit, now) };
	}

	reset(): void {
		this.windowStart = -Infinity;
		this.windows = 0;
	}

	private open(now: number): void {
		this.windowStart = now;
		this.windows++;
		this.requests = 0;
	}

	/** Both forms are in whole seconds: rounded up, so that whoever obeys isn't too early. */
	private retryAfter({ perMs, retryAfterAs }: Limit, now: number): string {
		const end = this.windowStart + perMs;
		const form = retryAfterAs ?? (this.windows % 2 === 1 ? 'seconds' : 'date');
		if (form === 'seconds') return String(Math.ceil((end - now) / 1000));
		return new Date(Math.ceil(end / 1000) * 1000).toUTCString();
	}
}

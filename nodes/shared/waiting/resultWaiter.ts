import type { Account } from '../polyai/account';
import { isFinal } from '../polyai/callStatus';
import type { CallRef, CallState } from '../polyai/versions/apiVersion';
import { backoffMs } from '../http/backoff';
import { LONGEST_WAIT_MS, isLimit, waitAfter, type Sender } from '../http/sendWithRetry';
import { readStatusOnce, type StatusResult } from '../polyai/readStatus';
import { stopped } from '../callError';
import { toResult } from '../toResult';
import { onAbort } from '../time/onAbort';

/** How a wait ended. */
export interface WaitResult {
	/** The last that was seen; `unknown` when PolyAI never told. */
	state: CallState;
	/** Milliseconds since 1970 of that look. */
	checkedAt: number;
	timedOut: boolean;
}

export interface Wait extends CallRef {
	/** Milliseconds since 1970 at which the waiting ends whatever the status. */
	until: number;
	/** Until then a call that PolyAI does not know is not given up: it was accepted just now. */
	unknownUntil?: number;
}

interface OpenWait extends Wait {
	nextLook: number;
	failures: number;
	last: CallState;
	/** Somebody is looking at it, or waits for the time to do so. */
	isTaken: boolean;
	end: (end: WaitResult) => void;
	fail: (error: unknown) => void;
}

/**
 * Waits for all calls of a run together: the one whose turn is the longest ago is looked at first,
 * and no more looks are under way than the run may have requests in flight.
 */
export class ResultWaiter {
	private readonly open = new Set<OpenWait>();
	private readonly ended = new AbortController();
	private lookers = 0;

	/**
	 * @param intervalMs between two looks at a call
	 * @param mostLookers looks under way at the same time
	 */
	constructor(
		private readonly sender: Sender,
		private readonly account: Account,
		private readonly intervalMs: number,
		private readonly mostLookers: number,
	) {
		onAbort(sender.signal, () => this.giveUp());
	}

	/** @throws CallError when the result can never be read, or the run was stopped */
	async waitFor(wait: Wait): Promise<WaitResult> {
		const result = new Promise<WaitResult>((end, fail) => {
			const last = { status: 'unknown' as const };
			const nextLook = this.now();
			this.open.add({ ...wait, nextLook, failures: 0, last, isTaken: false, end, fail });
		});
		if (this.isOver) this.giveUp();
		else if (this.lookers < this.mostLookers) void this.look();
		return await result;
	}

	/** Ends all waiting at once; the waits fail. */
	giveUp(): void {
		this.ended.abort();
		for (const wait of this.open) wait.fail(stopped().about({ callSid: wait.callSid }));
		this.open.clear();
	}

	private async look(): Promise<void> {
		this.lookers++;
		for (let wait = this.takeNext(); wait; wait = this.takeNext()) {
			await this.sender.clock.sleep(wait.nextLook - this.now(), this.ended.signal);
			if (this.isOver) continue;
			const look = await toResult(async () => {
				return await readStatusOnce(this.sender, this.account, wait);
			});
			if ('value' in look) this.applyStatus(wait, look.value);
			else this.fail(wait, look.error);
		}
		this.lookers--;
	}

	private applyStatus(wait: OpenWait, look: StatusResult): void {
		const now = this.now();
		if ('state' in look) {
			wait.last = look.state;
			wait.failures = 0;
		} else if (
			!look.mayPass &&
			!(look.error.code === 'notFound' && now < (wait.unknownUntil ?? 0))
		) {
			return this.fail(wait, look.error.about({ callSid: wait.callSid }));
		} else {
			wait.failures++;
		}
		const { status } = wait.last;
		if (isFinal(status) || now >= wait.until) {
			this.open.delete(wait);
			return wait.end({ state: wait.last, checkedAt: now, timedOut: !isFinal(status) });
		}
		wait.nextLook = Math.min(now + this.pauseAfter(wait, look), wait.until);
		wait.isTaken = false;
	}

	private fail(wait: OpenWait, error: unknown): void {
		this.open.delete(wait);
		wait.fail(error);
	}

	/** A 429 makes everybody wait; other failures only the call that they happened to. */
	private pauseAfter({ failures }: OpenWait, look: StatusResult): number {
		if ('state' in look || !look.result) return this.intervalMs;
		const backoff = backoffMs(failures, this.sender.random);
		const wait = waitAfter(look.result, this.now(), backoff);
		if (isLimit(look.result)) this.sender.rateLimiter.pause(Math.min(wait, LONGEST_WAIT_MS));
		return Math.max(this.intervalMs, backoff);
	}

	private takeNext(): OpenWait | undefined {
		let next: OpenWait | undefined;
		for (const wait of this.open) {
			if (!wait.isTaken && (!next || wait.nextLook < next.nextLook)) next = wait;
		}
		if (next) next.isTaken = true;
		return next;
	}

	private get isOver(): boolean {
		return this.ended.signal.aborted;
	}

	private now(): number {
		return this.sender.clock.now();
	}
}

import type { Account } from '../polyai/account';
import { isFinal } from '../polyai/callStatus';
import type { CallRef, CallState } from '../polyai/versions/apiVersion';
import { backoffMs } from '../http/backoff';
import { LONGEST_WAIT_MS, isLimit, waitAfter, type Sender } from '../http/sendWithRetry';
import { readStatusOnce, type StatusResult } from '../polyai/readStatus';
import { timedOut } from '../errors/timedOut';
import { toResult } from '../toResult';
import { onAbort } from '../time/onAbort';

/** How a wait ended. */
export interface WaitResult {
	/** The last known state; `unknown` if PolyAI never returned one. */
	state: CallState;
	/** Milliseconds since 1970 at which it was seen. */
	checkedAt: number;
	timedOut: boolean;
}

export interface Wait extends CallRef {
	/** Milliseconds since 1970 at which the waiting ends whatever the status. */
	until: number;
	/** Until then, a call that PolyAI doesn't know isn't given up: it was accepted just now. */
	unknownUntil?: number;
}

interface OpenWait extends Wait {
	nextReadAt: number;
	failures: number;
	last: CallState;
	/** Its status is being read, or will be when it's time. */
	isTaken: boolean;
	end: (end: WaitResult) => void;
	fail: (error: unknown) => void;
}

/**
 * Waits for all calls of a run together: the one whose status was read longest ago comes first, and
 * no more statuses are read at once than the run may have requests in flight.
 */
export class ResultWaiter {
	private readonly open = new Set<OpenWait>();
	private readonly ended = new AbortController();
	private readers = 0;

	/**
	 * @param intervalMs between two readings of a call's status
	 * @param mostReaders statuses read at the same time
	 */
	constructor(
		private readonly sender: Sender,
		private readonly account: Account,
		private readonly intervalMs: number,
		private readonly mostReaders: number,
	) {
		onAbort(sender.signal, () => this.giveUp());
	}

	/** @throws CallError if the result can never be read, or the run was stopped */
	async waitFor(wait: Wait): Promise<WaitResult> {
		const result = new Promise<WaitResult>((end, fail) => {
			const last = { status: 'unknown' as const };
			const nextReadAt = this.now();
			this.open.add({ ...wait, nextReadAt, failures: 0, last, isTaken: false, end, fail });
		});
		if (this.isOver) this.giveUp();
		else if (this.readers < this.mostReaders) void this.readStatuses();
		return await result;
	}

	/** Ends all waiting at once; the waits fail. */
	giveUp(): void {
		this.ended.abort();
		for (const wait of this.open) wait.fail(timedOut.stopped().about({ callSid: wait.callSid }));
		this.open.clear();
	}

	private async readStatuses(): Promise<void> {
		this.readers++;
		for (let wait = this.takeNext(); wait; wait = this.takeNext()) {
			await this.sender.clock.sleep(wait.nextReadAt - this.now(), this.ended.signal);
			if (this.isOver) continue;
			const result = await toResult(async () => {
				return await readStatusOnce(this.sender, this.account, wait);
			});
			if ('value' in result) this.applyStatus(wait, result.value);
			else this.fail(wait, result.error);
		}
		this.readers--;
	}

	private applyStatus(wait: OpenWait, result: StatusResult): void {
		const now = this.now();
		if ('state' in result) {
			wait.last = result.state;
			wait.failures = 0;
		} else if (
			!result.mayPass &&
			!(result.error.code === 'notFound' && now < (wait.unknownUntil ?? 0))
		) {
			return this.fail(wait, result.error.about({ callSid: wait.callSid }));
		} else {
			wait.failures++;
		}
		const { status } = wait.last;
		if (isFinal(status) || now >= wait.until) {
			this.open.delete(wait);
			return wait.end({ state: wait.last, checkedAt: now, timedOut: !isFinal(status) });
		}
		wait.nextReadAt = Math.min(now + this.pauseAfter(wait, result), wait.until);
		wait.isTaken = false;
	}

	private fail(wait: OpenWait, error: unknown): void {
		this.open.delete(wait);
		wait.fail(error);
	}

	/** A 429 makes all calls wait; other failures only the call that they happened to. */
	private pauseAfter({ failures }: OpenWait, result: StatusResult): number {
		if ('state' in result || !result.result) return this.intervalMs;
		const backoff = backoffMs(failures, this.sender.random);
		const wait = waitAfter(result.result, this.now(), backoff);
		if (isLimit(result.result)) this.sender.rateLimiter.pause(Math.min(wait, LONGEST_WAIT_MS));
		return Math.max(this.intervalMs, backoff);
	}

	private takeNext(): OpenWait | undefined {
		let next: OpenWait | undefined;
		for (const wait of this.open) {
			if (!wait.isTaken && (!next || wait.nextReadAt < next.nextReadAt)) next = wait;
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

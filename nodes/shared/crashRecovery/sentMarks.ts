import type { Clock } from '../time/clock';
import { ExecutionKeys } from './executionKeys';
import type { KeyStore } from './keyStore';
import { callName, newMark, type Mark } from './mark';
import { MarkQueue } from './markQueue';
import { SignIns } from './signIns';

export interface Marking {
	store: KeyStore;
	clock: Clock;
	executionId: string;
	/** What only an execution and its retries start with; undefined if there is no telling. */
	start?: string;
	/** Whether this execution repeats one that failed or was interrupted. */
	isRetry: boolean;
}

/**
 * Records which calls of an execution are about to be sent, so that a second run after a crash
 * doesn't place them again (docs/design.md § 3, promise 1): n8n saves nothing of an interrupted
 * run. There is one of these per execution, for all of the node's runs in it: tries, loops, an
 * agent's calls.
 */
export class SentMarks {
	/** By call: all that may place the same call share one mark. */
	private readonly known = new Map<string, Mark>();
	private openRuns = 0;
	private readonly keys: ExecutionKeys;
	private readonly queue: MarkQueue;

	readonly signIns: SignIns;

	constructor(private readonly marking: Marking) {
		const { store, clock, isRetry } = marking;
		this.keys = new ExecutionKeys(store, isRetry);
		this.queue = new MarkQueue(clock, async (block, before) => {
			await this.keys.write(block, before);
		});
		this.signIns = new SignIns(marking, (sign) => this.queue.add(newMark([sign], 'sent')));
	}

	/** Whether this execution repeats one that has ended. */
	get isRetry(): boolean {
		return this.marking.isRetry;
	}

	/**
	 * The mark of a call. To be asked for in the order of calls.
	 *
	 * @param occurrence how many calls to this number come before it in the execution
	 * @param isLikely whether it will be sent unless something holds it back: others are written
	 * alone
	 */
	expect(phoneNumber: string, occurrence: number, isLikely = true): Mark {
		const { executionId, start, isRetry } = this.marking;
		const call = callName(phoneNumber, occurrence);
		const known = this.known.get(call);
		if (known) return known;
		const keys = [`execution ${executionId} ${call}`];
		if (start !== undefined) keys.push(`start ${start} ${call}`);
		if (start !== undefined && isRetry) keys.push(`retry ${start} ${call}`);
		const mark = newMark(keys, 'expected');
		this.known.set(call, mark);
		if (isLikely) this.queue.expect(mark);
		return mark;
	}

	/**
	 * The first one, starting there, that no other call to the number has: one may have been refused.
	 */
	nextOccurrence(phoneNumber: string, from: number): number {
		let occurrence = from;
		while (this.known.has(callName(phoneNumber, occurrence))) occurrence++;
		return occurrence;
	}

	/**
	 * Resolves when the mark is written. The call may be sent then, unless the mark is foreign.
	 *
	 * @throws what the store throws: nothing may be sent
	 */
	async write(mark: Mark): Promise<void> {
		await this.queue.write(mark);
		mark.state = 'sent';
	}

	/**
	 * Takes over a mark whose call another run certainly didn't send.
	 *
	 * @returns false if a second retry may be about to send it
	 */
	takeOver(mark: Mark): boolean {
		if (!mark.isRetried) mark.isForeign = false;
		return !mark.isRetried;
	}

	/** The call certainly wasn't placed, so another execution may place it. */
	notPlaced(mark: Mark): void {
		if (mark.state !== 'due' && !mark.isForeign) mark.state = 'notSent';
	}

	/** To be followed by `endRun`. An agent may have several runs at once. */
	beginRun(): void {
		this.openRuns++;
		this.keys.beginRun();
	}

	/**
	 * At the end of the last run: deletes marks of calls that weren't sent after all, and those that
	 * are no longer needed.
	 */
	async endRun(): Promise<void> {
		this.openRuns = Math.max(0, this.openRuns - 1);
		if (this.openRuns > 0) return;
		for (const [call, mark] of this.known) if (mark.state !== 'sent') this.known.delete(call);
		this.queue.clear();
		await this.keys.endRun(this.marking.clock.now());
	}
}

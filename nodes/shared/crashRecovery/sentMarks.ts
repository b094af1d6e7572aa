import { toResult } from '../toResult';
import type { Clock } from '../time/clock';
import { BatchSize } from './batchSize';
import type { KeyStore } from './keyStore';
import { callName, newMark, type Mark } from './mark';
import { forgetOld, isInherited, needsAt, type NeededKeys } from './neededKeys';
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
	/** What this execution wrote itself doesn't come from anyone else. */
	private readonly own = new Set<string>();
	/** By call: all that may place the same call share one mark. */
	private readonly known = new Map<string, Mark>();
	/** In the order in which they will be sent. */
	private expected: Mark[] = [];
	private due: Mark[] = [];
	private ofThisRun = new Set<Mark>();
	private openRuns = 0;
	private readonly need: NeededKeys = { written: new Set(), found: new Set() };
	private lastBlock: Mark[] = [];
	private readonly batchSize = new BatchSize();
	private writing: Promise<unknown> = Promise.resolve();
	private next?: Promise<void>;

	readonly signIns: SignIns;

	constructor(private readonly marking: Marking) {
		this.signIns = new SignIns(marking, (sign) => this.due.push(newMark([sign], 'sent')));
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
		if (isLikely) this.expected.push(mark);
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
		this.batchSize.countSent();
		if (mark.state === 'expected' || mark.state === 'notSent') {
			mark.state = 'due';
			this.due.push(mark);
			await (this.next ??= this.writeNext()).catch(async (error: unknown) => {
				mark.state = 'notSent';
				return await Promise.reject(error);
			});
		}
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
		if (mark.state === 'sent' && !mark.isForeign) mark.state = 'notSent';
	}

	/** To be followed by `endRun`. An agent may have several runs at once. */
	beginRun(): void {
		this.openRuns++;
		this.need.endedAt = undefined;
	}

	/**
	 * At the end of the last run: deletes marks of calls that weren't sent after all, and those that
	 * are no longer needed.
	 */
	async endRun(): Promise<void> {
		this.openRuns = Math.max(0, this.openRuns - 1);
		if (this.openRuns > 0) return;
		const { store, clock } = this.marking;
		const unused = this.forgetUnsent();
		for (const mark of this.ofThisRun) {
			for (const key of this.ownKeysOf(mark)) this.need.written.add(key);
		}
		this.ofThisRun = new Set();
		this.expected = [];
		this.lastBlock = [];
		this.need.endedAt = clock.now();
		const old = forgetOld(store.place, clock.now());
		const needless = [...unused, ...old].filter((key) => !isInherited(store.place, key));
		// If they can't be deleted, they do no harm.
		if (needless.length > 0) await toResult(async () => await store.giveBack(needless));
	}

	/** @returns keys that were written for calls that weren't sent after all */
	private forgetUnsent(): string[] {
		const unsent = [...this.ofThisRun].filter(({ state }) => state !== 'sent');
		const keys = unsent.flatMap((mark) => this.ownKeysOf(mark));
		for (const key of keys) this.own.delete(key);
		for (const mark of unsent) for (const key of mark.keys) this.need.found.delete(key);
		for (const [call, mark] of this.known) if (mark.state !== 'sent') this.known.delete(call);
		return keys;
	}

	/** Calls that come while a block is being written go into the next one. */
	private async writeNext(): Promise<void> {
		const before = this.writing;
		const work = async () => {
			await before;
			this.next = undefined;
			await this.writeBlock(this.takeBlock());
		};
		const written = work();
		this.writing = written.catch(() => {});
		await written;
	}

	private takeBlock(): Mark[] {
		const block = this.due;
		this.due = [];
		const now = this.marking.clock.now();
		const size = block.length + this.batchSize.next(now, this.lastBlock.length);
		let seen = 0;
		for (const mark of this.expected) {
			if (block.length >= size) break;
			seen++;
			if (mark.state === 'expected') block.push(mark);
		}
		this.expected.splice(0, seen);
		return block;
	}

	/**
	 * Includes the last block again: a process that wrote at the same moment may have overwritten it,
	 * as the store reads and writes without a lock.
	 */
	private async writeBlock(block: Mark[]): Promise<void> {
		const { store, isRetry } = this.marking;
		const again = this.lastBlock.flatMap((mark) => this.ownKeysOf(mark));
		const keys = block.flatMap((mark) => mark.keys);
		needsAt(store.place).add(this.need);
		// Registered before they are written, so that no one deletes what is found there in the
		// meantime.
		for (const key of keys) if (!this.own.has(key)) this.need.found.add(key);
		const before = await store.record([...keys, ...again]);
		for (const mark of block) {
			const others = mark.keys.filter((key) => before.has(key) && !this.own.has(key));
			const [ofExecution] = mark.keys;
			mark.isForeign = others.some((key) => key === ofExecution || isRetry);
			mark.isRetried = others.some((key) => key === ofExecution || key.startsWith('retry '));
			if (mark.state === 'expected') mark.state = 'written';
			for (const key of mark.keys) {
				if (!others.includes(key)) this.own.add(key);
				if (this.own.has(key) || mark.isForeign) this.need.found.delete(key);
			}
			this.ofThisRun.add(mark);
		}
		this.lastBlock = block;
	}

	private ownKeysOf({ keys, isForeign }: Mark): string[] {
		return isForeign ? [] : keys.filter((key) => this.own.has(key));
	}
}

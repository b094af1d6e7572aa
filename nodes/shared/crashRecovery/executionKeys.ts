import { toResult } from '../toResult';
import type { KeyStore } from './keyStore';
import type { Mark } from './mark';
import { forgetOld, isInherited, needsAt, type NeededKeys } from './neededKeys';

/**
 * Which keys in the store are an execution's own and which it has found there, so that it deletes
 * none that another execution needs.
 */
export class ExecutionKeys {
	/** What this execution wrote itself doesn't come from anyone else. */
	private readonly own = new Set<string>();
	private ofThisRun = new Set<Mark>();
	private readonly need: NeededKeys = { written: new Set(), found: new Set() };

	constructor(
		private readonly store: KeyStore,
		/** Whether this execution repeats one that failed or was interrupted. */
		private readonly isRetry: boolean,
	) {}

	/**
	 * Writes the keys of a block of marks, and learns which of them someone else has written.
	 *
	 * @param before the last block, written again: a process that wrote at the same moment may have
	 * overwritten it, as the store reads and writes without a lock
	 * @throws what the store throws
	 */
	async write(block: Mark[], before: Mark[]): Promise<void> {
		const again = before.flatMap((mark) => this.ownKeysOf(mark));
		const keys = block.flatMap((mark) => mark.keys);
		needsAt(this.store.place).add(this.need);
		// Registered before they are written, so that no one deletes what is found there in the
		// meantime.
		for (const key of keys) if (!this.own.has(key)) this.need.found.add(key);
		const there = await this.store.record([...keys, ...again]).catch(async (error: unknown) => {
			// Nothing is sent for them, so this execution doesn't need what it found there.
			for (const key of keys) this.need.found.delete(key);
			return await Promise.reject(error);
		});
		for (const mark of block) this.learn(mark, there);
	}

	/** Another run begins: what is found is needed until it has ended. */
	beginRun(): void {
		this.need.endedAt = undefined;
	}

	/**
	 * Deletes the keys of calls that weren't sent after all, and those that no execution needs any
	 * longer.
	 *
	 * @param now milliseconds since 1970
	 */
	async endRun(now: number): Promise<void> {
		const unused = this.forgetUnsent();
		for (const mark of this.ofThisRun) {
			for (const key of this.ownKeysOf(mark)) this.need.written.add(key);
		}
		this.ofThisRun = new Set();
		this.need.endedAt = now;
		const { place } = this.store;
		const old = forgetOld(place, now);
		const needless = [...unused, ...old].filter((key) => !isInherited(place, key));
		// If they can't be deleted, they do no harm.
		if (needless.length > 0) await toResult(async () => await this.store.giveBack(needless));
	}

	/** @param there keys that were in the store before the mark was written */
	private learn(mark: Mark, there: ReadonlySet<string>): void {
		const others = mark.keys.filter((key) => there.has(key) && !this.own.has(key));
		const [ofExecution] = mark.keys;
		mark.isForeign = others.some((key) => key === ofExecution || this.isRetry);
		mark.isRetried = others.some((key) => key === ofExecution || key.startsWith('retry '));
		if (mark.state === 'expected') mark.state = 'written';
		for (const key of mark.keys) {
			if (!others.includes(key)) this.own.add(key);
			if (this.own.has(key) || mark.isForeign) this.need.found.delete(key);
		}
		this.ofThisRun.add(mark);
	}

	/** @returns keys that were written for calls that weren't sent after all */
	private forgetUnsent(): string[] {
		const unsent = [...this.ofThisRun].filter(({ state }) => state !== 'sent');
		const keys = unsent.flatMap((mark) => this.ownKeysOf(mark));
		for (const key of keys) this.own.delete(key);
		for (const mark of unsent) for (const key of mark.keys) this.need.found.delete(key);
		return keys;
	}

	private ownKeysOf({ keys, isForeign }: Mark): string[] {
		return isForeign ? [] : keys.filter((key) => this.own.has(key));
	}
}

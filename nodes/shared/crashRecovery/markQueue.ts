import { toResult } from '../toResult';
import type { Clock } from '../time/clock';
import { BatchSize } from './batchSize';
import type { Mark } from './mark';

/** Writes a block of marks, and once more what the block before it holds. */
type WriteBlock = (block: Mark[], before: Mark[]) => Promise<void>;

/**
 * The marks of an execution that are to be written, one block after the other: those whose calls
 * wait for it, and with them those of calls that will soon be sent.
 */
export class MarkQueue {
	/** In the order in which their calls will be sent. */
	private expected: Mark[] = [];
	/** To be written in the next block. */
	private due: Mark[] = [];
	private lastBlock: Mark[] = [];
	/** Written marks. Those whose calls have been sent are removed when the rest is counted. */
	private ahead: Mark[] = [];
	/** How many marks were ahead after the last block, including those whose calls waited for it. */
	private mostAhead = 0;
	private readonly batchSize = new BatchSize();
	/** The block that is being written. Its calls all wait for the same promise, so they keep their order. */
	private current?: { block: Mark[]; written?: Promise<void> };
	private next?: Promise<void>;
	private writing: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly clock: Clock,
		private readonly writeBlock: WriteBlock,
	) {}

	/** Its call will be sent unless something holds it back. To be called in the order of calls. */
	expect(mark: Mark): void {
		this.expected.push(mark);
	}

	/** Adds a mark to the next block, whenever that is written. */
	add(mark: Mark): void {
		this.due.push(mark);
	}

	/**
	 * Resolves when the mark of a call is written. Only one call at a time may wait for a mark.
	 *
	 * @throws what `writeBlock` throws: nothing may be sent
	 */
	async write(mark: Mark): Promise<void> {
		// Another try of the same call.
		if (mark.state === 'sent') return;
		this.batchSize.countSent();
		if (this.current?.block.includes(mark)) await this.current.written?.catch(() => {});
		if (mark.state === 'expected' || mark.state === 'notSent') {
			mark.state = 'due';
			this.due.push(mark);
			await (this.next ??= this.writeNext()).catch(async (error: unknown) => {
				mark.state = 'notSent';
				return await Promise.reject(error);
			});
		}
	}

	/** None of the expected calls will be sent any more. */
	clear(): void {
		this.expected = [];
		this.lastBlock = [];
		this.ahead = [];
		this.mostAhead = 0;
	}

	/** How many calls are recorded but not sent. */
	private countAhead(): number {
		this.ahead = this.ahead.filter(({ state }) => state === 'written');
		return this.ahead.length;
	}

	/** Calls that come while a block is being written go into the next one. */
	private async writeNext(): Promise<void> {
		const before = this.writing;
		const work = async () => {
			await before;
			const block = this.takeBlock();
			this.current = { block, written: this.next };
			this.next = undefined;
			const result = await toResult(async () => await this.writeBlock(block, this.lastBlock));
			this.current = undefined;
			if ('error' in result) return await this.putBack(block, result.error);
			this.lastBlock = block;
			this.mostAhead = this.countAhead() + block.length;
			this.ahead.push(...block);
		};
		const written = work();
		this.writing = written.catch(() => {});
		await written;
	}

	/** After a failed write: the marks that no call was waiting for go into the next block. */
	private async putBack(block: Mark[], error: unknown): Promise<never> {
		this.expected.unshift(...block.filter(({ state }) => state === 'expected'));
		this.due.unshift(...block.filter(({ state }) => state === 'sent'));
		return await Promise.reject(error);
	}

	private takeBlock(): Mark[] {
		const block = this.due;
		this.due = [];
		const soon = this.batchSize.next(this.clock.now(), this.mostAhead);
		const size = block.length + Math.max(0, soon - this.countAhead());
		let seen = 0;
		for (const mark of this.expected) {
			if (block.length >= size) break;
			seen++;
			if (mark.state === 'expected') block.push(mark);
		}
		this.expected.splice(0, seen);
		return block;
	}
}

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
	private readonly batchSize = new BatchSize();
	/** Written, and their calls are still to come, in their order. */
	private ahead: Mark[] = [];
	private writing: Promise<unknown> = Promise.resolve();
	private isWriting = false;
	private next?: Promise<void>;

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
	 * Resolves when the mark of a call is written.
	 *
	 * @throws what `writeBlock` throws: nothing may be sent
	 */
	async write(mark: Mark): Promise<void> {
		this.batchSize.countSent();
		if (mark.state === 'written') {
			// Those before it have been sent, or something held them back.
			this.ahead.splice(0, this.ahead.indexOf(mark) + 1);
			this.writeAhead();
		} else if (mark.state !== 'sent') {
			mark.state = 'due';
			this.due.push(mark);
			await (this.next ??= this.writeNext()).catch(async (error: unknown) => {
				mark.state = 'notSent';
				return await Promise.reject(error);
			});
		}
	}

	/** Writes the next block before the last one is used up, so that no call has to wait for it. */
	private writeAhead(): void {
		const isNeeded = this.expected.length > 0 && this.ahead.length <= this.lastBlock.length / 4;
		if (!isNeeded || this.next || this.isWriting) return;
		// If it fails, its calls ask for their marks themselves.
		this.next = this.writeNext();
		this.next.catch(() => {});
	}

	/** None of the expected calls will be sent any more. */
	clear(): void {
		this.expected = [];
		this.ahead = [];
		this.lastBlock = [];
	}

	/** Calls that come while a block is being written go into the next one. */
	private async writeNext(): Promise<void> {
		const before = this.writing;
		const work = async () => {
			await before;
			this.next = undefined;
			const block = this.takeBlock();
			if (block.length === 0) return;
			this.isWriting = true;
			await this.writeBlock(block, this.lastBlock);
			this.lastBlock = block;
			this.ahead.push(...block.filter(({ state }) => state === 'written'));
		};
		const written = work().finally(() => (this.isWriting = false));
		this.writing = written.catch(() => {});
		await written;
	}

	private takeBlock(): Mark[] {
		const block = this.due;
		this.due = [];
		const size = block.length + this.batchSize.next(this.clock.now(), this.ahead.length);
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

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
	/** The block that is being written. */
	private current?: { block: Mark[]; written: Promise<void> };
	private next?: Promise<void>;
	/** Resolves when nothing is being written, whether or not that succeeded. */
	private idle: Promise<unknown> = Promise.resolve();

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
		if (this.current?.block.includes(mark)) await this.current.written.catch(() => {});
		if (mark.state === 'expected' || mark.state === 'notSent') {
			mark.state = 'due';
			this.due.push(mark);
			await (this.next ??= this.writeNext()).catch(async (error: unknown) => {
				mark.state = 'notSent';
				return await Promise.reject(error);
			});
		}
		this.writeAhead();
	}

	/** None of the expected calls will be sent any more. Resolves when nothing is being written. */
	async end(): Promise<void> {
		this.expected = [];
		this.lastBlock = [];
		await this.idle;
	}

	/** Begins the next block while the last calls of this one are being sent. */
	private writeAhead(): void {
		if (this.next || this.current || this.expected.length === 0) return;
		const left = this.lastBlock.filter(({ state }) => state === 'written').length;
		if (!this.batchSize.isTimeForNext(this.clock.now(), left)) return;
		this.next = this.writeNext();
		// No call waits for it yet: each whose mark could not be written tries that itself.
		this.next.catch(() => {});
	}

	/** Calls that come while a block is being written go into the next one. */
	private async writeNext(): Promise<void> {
		const before = this.idle;
		const work = async () => {
			await before;
			this.next = undefined;
			const block = this.takeBlock();
			const written = this.writeBlock(block, this.lastBlock);
			this.current = { block, written };
			await written.finally(() => (this.current = undefined));
			this.lastBlock = block;
		};
		const written = work();
		this.idle = written.catch(() => {});
		await written;
	}

	private takeBlock(): Mark[] {
		const block = this.due;
		this.due = [];
		const size = block.length + this.batchSize.next(this.clock.now(), this.lastBlock.length);
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

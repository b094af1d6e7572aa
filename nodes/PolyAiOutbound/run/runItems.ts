import { sleep, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { nodeErrorOf } from '../../n8n/nodeError';
import { stopped } from '../../shared/sending/request';
import { Later, type Job, type OpenRun } from '../operation';
import { inOrder } from './inOrder';
import { describeCalls } from './placedCalls';
import { recordOnStop } from './recordOnStop';
import { settle, type Settled } from './settle';

/** What became of an item: the fields that come out for it, or why it failed. */
export type Outcome = Settled<IDataObject>;

/** Items prepared without letting n8n do anything else. */
const BREATH = 200;

/**
 * Runs all items. Without "Continue on fail" nothing new is started after the first failure, what
 * is on its way is waited for, and the error names every call that was placed. After Stop it
 * returns, since n8n ignores an error then.
 *
 * @throws NodeApiError or NodeOperationError of the first item that failed, without "Continue on
 * fail"
 */
export async function runItems(
	context: IExecuteFunctions,
	run: OpenRun,
	count: number,
): Promise<Outcome[]> {
	const items = new ItemRun(context, run, count);
	const endWatch = run.placed && recordOnStop(context, run.placed);
	await items.prepare();
	await items.start();
	await items.waitForResults();
	endWatch?.();
	return items.outcomes();
}

class ItemRun {
	private readonly settled: Outcome[] = [];
	private readonly jobs: Job[] = [];
	private readonly waits: Array<Promise<void>> = [];
	private readonly signal?: AbortSignal;
	private readonly stopsAtFailure: boolean;
	private firstFailure = Infinity;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly run: OpenRun,
		private readonly count: number,
	) {
		this.signal = context.getExecutionCancelSignal?.();
		this.stopsAtFailure = !context.continueOnFail();
	}

	async prepare(): Promise<void> {
		for (let item = 0; item < this.count && this.goesOn(); item++) {
			const job = await settle(async () => this.run.prepare(item));
			if ('value' in job) this.jobs[item] = job.value;
			else this.record(item, job);
			if (item % BREATH === BREATH - 1) await sleep(0);
		}
	}

	async start(): Promise<void> {
		const step = async (item: number) => {
			const job = this.jobs[item];
			if (!job) return;
			delete this.jobs[item];
			const outcome = await settle(job);
			if ('error' in outcome) this.record(item, outcome);
			else if (!(outcome.value instanceof Later)) this.record(item, { value: outcome.value });
			else this.waits.push(this.waitFor(item, outcome.value));
		};
		await inOrder(this.count, this.run.concurrency, step, () => this.goesOn());
	}

	private async waitFor(item: number, { result }: Later): Promise<void> {
		this.record(item, await settle(async () => await result));
	}

	async waitForResults(): Promise<void> {
		await Promise.all(this.waits);
	}

	outcomes(): Outcome[] {
		const failure = this.settled[this.firstFailure];
		if (!failure) this.run.placed?.forget();
		if (failure && 'error' in failure && this.stopsAtFailure && !this.signal?.aborted) {
			const calls = describeCalls(this.run.placed?.all() ?? []);
			throw nodeErrorOf(this.context.getNode(), failure.error, this.firstFailure, calls);
		}
		return Array.from({ length: this.count }, (_, item) => {
			return this.settled[item] ?? { error: stopped() };
		});
	}

	private record(item: number, outcome: Outcome): void {
		this.settled[item] = outcome;
		if (!('error' in outcome)) return;
		this.firstFailure = Math.min(this.firstFailure, item);
		if (this.stopsAtFailure) this.run.giveUp?.();
	}

	private goesOn(): boolean {
		const hasFailed = this.firstFailure !== Infinity;
		return !this.signal?.aborted && !(hasFailed && this.stopsAtFailure);
	}
}

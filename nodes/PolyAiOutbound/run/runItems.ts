import type { IDataObject } from 'n8n-workflow';
import { timedOut } from '../../shared/errors/timedOut';
import {
	PendingOutput,
	type Job,
	type ManyOutputs,
	type OpenRun,
	type OutputWithFile,
} from '../operation';
import { forEachConcurrently } from '../../shared/forEachConcurrently';
import type { Clock } from '../../shared/time/clock';
import { toResult, type Result } from '../../shared/toResult';

/** The outcome of an item: its output, or why it failed. */
export type Outcome = Result<IDataObject | OutputWithFile | ManyOutputs>;

export interface RunRules {
	/** Without "Continue on fail" nothing new is started after the first failure. */
	stopsAtFailure: boolean;
	/** Aborted when the user presses Stop. */
	signal?: AbortSignal;
	clock: Clock;
}

export interface RunResult {
	/** One for every item, in their order. */
	outcomes: Outcome[];
	/** The item that failed first. */
	firstFailure?: number;
}

/** Items read or started before n8n gets to do anything else: about ten milliseconds. */
const AT_ONCE = 25;

/**
 * About how many groups the items in progress start in. More of them would cost more CPU per item,
 * which makes a busy n8n slower.
 */
const GROUPS = 8;

/** Runs all items, and waits for those in progress, whatever happens to the others. */
export async function runItems(run: OpenRun, count: number, rules: RunRules): Promise<RunResult> {
	const items = new ItemRun(run, count, rules);
	const preparing = items.prepare();
	// If a bad row stops the workflow, no one is called before all rows have been checked.
	if (rules.stopsAtFailure) await preparing;
	await items.start();
	await preparing;
	await items.waitForResults();
	return items.result();
}

class ItemRun {
	private readonly outcomes: Outcome[] = [];
	/** Of items that were read but haven't been started. */
	private readonly jobs = new Map<number, Job>();
	/** How many items were read. */
	private prepared = 0;
	private readonly waits: Array<Promise<void>> = [];
	private firstFailure?: number;

	constructor(
		private readonly run: OpenRun,
		private readonly count: number,
		private readonly rules: RunRules,
	) {}

	/**
	 * Once enough items are ready for the next calls, they are prepared one at a time: each call
	 * under way needs n8n several times.
	 */
	async prepare(): Promise<void> {
		while (this.prepared < this.count && this.goesOn()) {
			this.prepareNext();
			const areEnough = !this.rules.stopsAtFailure && this.jobs.size >= this.run.concurrency;
			if (areEnough || this.prepared % AT_ONCE === 0) await this.moment();
		}
	}

	/**
	 * Items that could start at the same moment start in several groups, one after the other: if n8n
	 * handled all of them side by side, the first request would leave as late as the last one.
	 */
	async start(): Promise<void> {
		const groupSize = Math.ceil(this.run.concurrency / GROUPS);
		let turn: Promise<void> = Promise.resolve();
		const step = async (item: number) => {
			const before = turn;
			const done = before.then(async () => await this.runItem(item));
			const next = async () => await before.then(async () => await this.moment());
			if (item % AT_ONCE === 0) turn = next();
			// Items that send nothing are done at once.
			else if (item % groupSize === 0) turn = Promise.race([done, next()]);
			await done;
		};
		await forEachConcurrently(this.count, this.run.concurrency, step, () => this.goesOn());
	}

	private async runItem(item: number): Promise<void> {
		if (!this.goesOn()) return;
		while (this.prepared <= item) this.prepareNext();
		const job = this.jobs.get(item);
		this.jobs.delete(item);
		if (!job) return;
		const outcome = await toResult(job);
		if ('error' in outcome) this.record(item, outcome);
		else if (!(outcome.value instanceof PendingOutput)) this.record(item, { value: outcome.value });
		else this.waits.push(this.waitFor(item, outcome.value));
	}

	/** An item that can't be read has no job: it has failed. */
	private prepareNext(): void {
		const item = this.prepared++;
		try {
			this.jobs.set(item, this.run.prepare(item));
		} catch (error) {
			this.record(item, { error });
		}
	}

	async waitForResults(): Promise<void> {
		await Promise.all(this.waits);
	}

	result(): RunResult {
		const outcomes = Array.from({ length: this.count }, (_, item) => {
			return this.outcomes[item] ?? { error: timedOut.stopped() };
		});
		return { outcomes, firstFailure: this.firstFailure };
	}

	private async waitFor(item: number, { result }: PendingOutput): Promise<void> {
		this.record(item, await toResult(async () => await result));
	}

	private record(item: number, outcome: Outcome): void {
		this.outcomes[item] = outcome;
		if (!('error' in outcome)) return;
		// The first in time: later ones may have failed only because of it.
		this.firstFailure ??= item;
		if (this.rules.stopsAtFailure) this.run.giveUp?.();
	}

	/** Lets n8n do something else. */
	private async moment(): Promise<void> {
		await this.rules.clock.sleep(1);
	}

	private goesOn(): boolean {
		const hasFailed = this.firstFailure !== undefined;
		return !this.rules.signal?.aborted && !(hasFailed && this.rules.stopsAtFailure);
	}
}

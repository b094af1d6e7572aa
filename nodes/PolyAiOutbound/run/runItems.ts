import { sleep, type IDataObject } from 'n8n-workflow';
import { timedOut } from '../../shared/errors/timedOut';
import {
	PendingOutput,
	type Job,
	type ManyOutputs,
	type OpenRun,
	type OutputWithFile,
} from '../operation';
import { forEachConcurrently } from '../../shared/forEachConcurrently';
import { toResult, type Result } from '../../shared/toResult';

/** The outcome of an item: its output, or why it failed. */
export type Outcome = Result<IDataObject | OutputWithFile | ManyOutputs>;

export interface RunRules {
	/** Without "Continue on fail" nothing new is started after the first failure. */
	stopsAtFailure: boolean;
	/** Aborted when the user presses Stop. */
	signal?: AbortSignal;
}

export interface RunResult {
	/** One for every item, in their order. */
	outcomes: Outcome[];
	/** The item that failed first. */
	firstFailure?: number;
}

/** Items prepared before n8n gets to do anything else: about ten milliseconds. */
const AT_ONCE = 25;

/** The same while calls are under way: each of them needs n8n several times. */
const AT_ONCE_DURING_CALLS = 1;

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

	async prepare(): Promise<void> {
		const atOnce = this.rules.stopsAtFailure ? AT_ONCE : AT_ONCE_DURING_CALLS;
		while (this.prepared < this.count && this.goesOn()) {
			this.prepareNext();
			if (this.prepared % atOnce === 0) await sleep(0);
		}
	}

	async start(): Promise<void> {
		const step = async (item: number) => {
			while (this.prepared <= item) this.prepareNext();
			const job = this.jobs.get(item);
			this.jobs.delete(item);
			if (!job) return;
			const outcome = await toResult(job);
			if ('error' in outcome) this.record(item, outcome);
			else if (!(outcome.value instanceof PendingOutput))
				this.record(item, { value: outcome.value });
			else this.waits.push(this.waitFor(item, outcome.value));
		};
		await forEachConcurrently(this.count, this.run.concurrency, step, () => this.goesOn());
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

	private goesOn(): boolean {
		const hasFailed = this.firstFailure !== undefined;
		return !this.rules.signal?.aborted && !(hasFailed && this.rules.stopsAtFailure);
	}
}

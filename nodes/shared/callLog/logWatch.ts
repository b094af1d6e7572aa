import type { CallError } from '../errors/callError';
import { forEachConcurrently } from '../forEachConcurrently';
import { toResult } from '../toResult';
import type { Clock } from '../time/clock';
import type { CallEnd } from '../tracking/trackedCall';
import type { CallLog, EndedRow, OpenCall } from './callLog';
import { writeClaim } from '../dataTables/claim';

/**
 * A claim that is older than this is abandoned: a poll takes half a minute, and closes its rows a
 * second later.
 */
const LONGEST_CLAIM_MS = 2 * 60_000;

/** How long claiming goes on after the last status was read. */
const TIME_TO_CLAIM_MS = 5000;

export interface LogWatchRules {
	clock: Clock;
	random: () => number;
	/**
	 * Checks those that are due, as far as time allows; returns a refusal if it concerns all of them.
	 */
	findEnds: (rows: OpenCall[]) => Promise<{
		ended: Array<{ call: { rowId: number }; end: CallEnd }>;
		refused?: CallError;
	}>;
	/** Whether this trigger is known to have reported a call. */
	isReported: (callSid: string) => boolean;
	/** Requests to n8n at once. */
	concurrency: number;
	/** Milliseconds since 1970 after which no status is read. */
	until: number;
}

export interface Round {
	/** Calls for this trigger to report, in the order of their rows. */
	ended: EndedRow[];
	/** Closes their rows: to be called as soon as they have been reported. */
	close: () => Promise<void>;
	refused?: CallError;
}

/** Watches a log's calls for one trigger, and remembers the ends that it couldn't claim yet. */
export class LogWatch {
	/** When old rows are deleted next. Milliseconds since 1970 */
	nextForgetting = 0;
	/** By the number of the row. */
	private readonly ends = new Map<number, CallEnd>();

	/** @throws CallError when the log can't be read */
	async round(log: CallLog, rules: LogWatchRules): Promise<Round> {
		const { clock, random, isReported } = rules;
		const open = await log.openCalls();
		const free = open.filter(({ claim }) => !claim);
		const refused = await this.findEnds(free, rules);
		const mark = writeClaim(clock.now(), random);
		const { claimed, failure } = await this.claim(log, open, mark, rules);
		const done = open.filter(({ call, claim }) => claim && isReported(call.callSid));
		return {
			ended: claimed,
			close: async () => {
				// A claim whose answer was lost has the same mark, but its call wasn't reported.
				for (const { row } of failure ? claimed : []) await log.close(mark, row.id);
				if (!failure && claimed.length > 0) await log.close(mark);
				for (const { row } of done) await log.close(String(row.claim), row.id);
			},
			refused: refused ?? failure,
		};
	}

	private async findEnds(free: OpenCall[], rules: LogWatchRules): Promise<CallError | undefined> {
		const rowIds = new Set(free.map(({ row }) => row.id));
		for (const id of this.ends.keys()) if (!rowIds.has(id)) this.ends.delete(id);
		const open = free.filter(({ row }) => !this.ends.has(row.id));
		const { ended, refused } = await rules.findEnds(open);
		for (const { call, end } of ended) this.ends.set(call.rowId, end);
		return refused;
	}

	/** What can't be claimed now is tried again in the next round, with the same end. */
	private async claim(log: CallLog, open: OpenCall[], mark: string, rules: LogWatchRules) {
		const { clock, concurrency, until } = rules;
		const claimed: EndedRow[] = [];
		let failure: CallError | undefined;
		const ended = open.flatMap((one): EndedRow[] => {
			const end = one.claim ? abandonedEnd(one, rules) : this.ends.get(one.row.id);
			return end ? [{ ...one, end }] : [];
		});
		const step = async (index: number) => {
			const one = ended[index] as EndedRow;
			const result = await toResult(async () => await log.claim(one, mark));
			if ('error' in result) failure ??= result.error as CallError;
			else this.ends.delete(one.row.id);
			if ('value' in result && result.value) claimed.push(one);
		};
		const goesOn = () => !failure && clock.now() < until + TIME_TO_CLAIM_MS;
		await forEachConcurrently(ended.length, concurrency, step, goesOn);
		return { claimed, failure };
	}
}

/**
 * The end of a call whose claim is so old that its process must have crashed before reporting it.
 */
function abandonedEnd({ call, claim }: OpenCall, { clock, isReported }: LogWatchRules) {
	const isOver = claim && clock.now() - claim.since >= LONGEST_CLAIM_MS;
	return isOver && !isReported(call.callSid) ? claim.end : undefined;
}

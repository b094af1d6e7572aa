import type { CallError } from '../callError';
import { inOrder } from '../inOrder';
import { settle } from '../settle';
import type { Clock } from '../time/clock';
import type { CallEnd } from '../tracking/trackedCall';
import { writeMark, type CallLog, type Claim, type OpenCall } from './callLog';
import type { LoggedCall } from './logRow';

/** After so long a claim is abandoned: a poll takes half a minute, and closes its rows a second later. */
const LONGEST_CLAIM_MS = 2 * 60_000;

/** Claiming goes on for so long after the last look. */
const TIME_TO_CLAIM_MS = 5000;

export interface WatchRules {
	clock: Clock;
	random: () => number;
	/** Looks at those that are due, as far as time allows; tells a refusal that concerns them all. */
	look: (calls: LoggedCall[]) => Promise<{ ends: Map<string, CallEnd>; refused?: CallError }>;
	/** Whether this trigger is known to have reported a call. */
	isReported: (callSid: string) => boolean;
	/** Requests to n8n at once. */
	concurrency: number;
	/** Milliseconds since 1970 after which no look is started. */
	until: number;
}

export interface Round {
	/** Calls that are this trigger's to report, in the order of their rows. */
	ended: Array<{ call: LoggedCall; end: CallEnd }>;
	/** Closes their rows: to be done as soon as they were reported. */
	close: () => Promise<void>;
	refused?: CallError;
}

/** Watches the calls of a log for one trigger, and remembers the ends that it could not claim yet. */
export class LogWatch {
	/** When old rows are deleted the next time. Milliseconds since 1970 */
	nextForgetting = 0;
	/** By the number of the row. */
	private readonly ends = new Map<number, CallEnd>();

	/** @throws CallError when the log cannot be read */
	async round(log: CallLog, rules: WatchRules): Promise<Round> {
		const { clock, random, isReported } = rules;
		const open = await log.openCalls();
		const free = open.filter(({ claim }) => !claim);
		const refused = await this.look(free, rules);
		const mark = writeMark(clock.now(), random);
		const { claimed, failure } = await this.claim(log, open, mark, rules);
		const done = open.filter(({ call, claim }) => claim && isReported(call.callSid));
		return {
			ended: claimed.map(({ one: { call }, end }) => ({ call, end })),
			close: async () => {
				// A claim whose answer was lost has the same mark, and its call was not reported.
				for (const { one } of failure ? claimed : []) await log.close(mark, one.row.id);
				if (!failure && claimed.length > 0) await log.close(mark);
				for (const { row } of done) await log.close(String(row.claim), row.id);
			},
			refused: refused ?? failure,
		};
	}

	private async look(free: OpenCall[], rules: WatchRules): Promise<CallError | undefined> {
		const rowIds = new Set(free.map(({ row }) => row.id));
		for (const id of this.ends.keys()) if (!rowIds.has(id)) this.ends.delete(id);
		const open = free.filter(({ row }) => !this.ends.has(row.id));
		const { ends, refused } = await rules.look(open.map(({ call }) => call));
		for (const { row, call } of open) {
			const end = ends.get(call.callSid);
			if (end) this.ends.set(row.id, end);
		}
		return refused;
	}

	/** What cannot be claimed now is tried again in the next round, as it was seen. */
	private async claim(log: CallLog, open: OpenCall[], mark: string, rules: WatchRules) {
		const { clock, concurrency, until } = rules;
		const claimed: Array<{ one: OpenCall; end: CallEnd }> = [];
		let failure: CallError | undefined;
		const ended = open.flatMap((one) => {
			const end = one.claim ? abandonedEnd(one, one.claim, rules) : this.ends.get(one.row.id);
			return end ? [{ one, end }] : [];
		});
		const step = async (index: number) => {
			const { one, end } = ended[index] as { one: OpenCall; end: CallEnd };
			const result = await settle(async () => await log.claim(one, end, mark));
			if ('error' in result) failure ??= result.error as CallError;
			else this.ends.delete(one.row.id);
			if ('value' in result && result.value) claimed.push({ one, end });
		};
		const goesOn = () => !failure && clock.now() < until + TIME_TO_CLAIM_MS;
		await inOrder(ended.length, concurrency, step, goesOn);
		return { claimed, failure };
	}
}

/** The end of a call whose claim is so old that whoever made it must have died before reporting it. */
function abandonedEnd(
	{ call }: OpenCall,
	{ since, end }: Claim,
	{ clock, isReported }: WatchRules,
): CallEnd | undefined {
	const isOver = clock.now() - since >= LONGEST_CLAIM_MS;
	return isOver && !isReported(call.callSid) ? end : undefined;
}

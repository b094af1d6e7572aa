import { isoTime } from '../time/isoTime';
import type { CallEnd } from '../tracking/trackedCall';
import { claimedAt } from '../dataTables/claim';
import { is, isBefore, isFilled, isNot } from '../dataTables/tableRows';
import { callOf, endOfRow, type LoggedCall, type LogTable, type StoredRow } from './logRow';

/** A call whose row does not say yet that its end was reported. */
export interface OpenCall {
	row: StoredRow;
	call: LoggedCall;
	/** Somebody has begun to report that it has ended. */
	claim?: Claim;
}

/** Since when somebody is reporting a call, and how it ended. */
export interface Claim {
	/** Milliseconds since 1970 */
	since: number;
	end: CallEnd;
}

/** A call that somebody is to report. */
export type EndedRow = OpenCall & { end: CallEnd };

/** PolyAI has accepted its call. */
const IS_PLACED = isFilled('callSid');

/**
 * The call log as triggers use it (docs/design.md § 4). The row of a call that was placed is open while
 * `finishedAt` is empty. Whoever reports a call first claims it, which fills in its end, and afterwards
 * closes the row, so that of two that poll at once one reports it, and a claim whose owner died is taken
 * over: rather twice than never. A cell that a person has emptied may hold an empty text.
 */
export class CallLog {
	constructor(private readonly table: LogTable) {}

	/** All open rows, those of the oldest calls first. */
	async openCalls(): Promise<OpenCall[]> {
		const isOpen = [is('finishedAt', null), is('finishedAt', ''), isFilled('claim')];
		const rows = await this.table.all(isOpen, 'or');
		return rows
			.filter(({ callSid, finishedAt, claim }) => callSid && (!finishedAt || claim))
			.map((row) => ({ row, call: callOf(row), ...(row.claim && { claim: readClaim(row) }) }));
	}

	/**
	 * Deletes the rows of calls that ended long ago. A call key is kept for good: it is what keeps its
	 * call from being placed again.
	 *
	 * @param time milliseconds since 1970
	 */
	async forgetEndedBefore(time: number): Promise<void> {
		const hasEnded = [
			isBefore('finishedAt', new Date(time).toISOString()),
			isNot('finishedAt', ''),
		];
		for (const empty of [null, '']) await this.table.remove([...hasEnded, is('callKey', empty)]);
	}

	/** The call whose end was written down last. */
	async latestEnd(): Promise<{ call: LoggedCall; end: CallEnd } | undefined> {
		const isClosed = isFilled('finishedAt');
		const [row] = await this.table.some([isClosed, IS_PLACED], 1, 'finishedAt:desc');
		return row?.finishedAt ? { call: callOf(row), end: endOfRow(row) } : undefined;
	}

	/**
	 * Takes a call for oneself to report it: n8n changes the row only if nobody has done so since it was
	 * read. Who takes over a claim leaves the end as it stands there.
	 *
	 * @returns false when somebody else was faster
	 */
	async claim({ row, claim, end }: EndedRow, mark: string): Promise<boolean> {
		const { id, finishedAt } = row;
		const isAsRead = [is('id', id), is('claim', row.claim), is('finishedAt', finishedAt)];
		const { status, reason = null } = end;
		const ending = { status, reason, finishedAt: isoTime(end.finishedAt) };
		const data = { claim: mark, ...(claim ? {} : ending) };
		return (await this.table.changeOnce(isAsRead, data)).length > 0;
	}

	/** Closes the rows that were claimed with this mark, all of them or one. */
	async close(mark: string, id?: number): Promise<void> {
		const isOne = id === undefined ? [] : [is('id', id)];
		await this.table.changeOnce([is('claim', mark), ...isOne], { claim: null });
	}
}

/** Something else that stands there is as good as the claim of somebody who died. */
function readClaim(row: StoredRow): Claim {
	return { since: claimedAt(row.claim) ?? 0, end: endOfRow(row) };
}

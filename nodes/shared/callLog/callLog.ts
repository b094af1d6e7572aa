import { isoTime } from '../time/isoTime';
import type { CallEnd } from '../tracking/trackedCall';
import { claimedAt } from '../dataTables/claim';
import { is, isBefore, isFilled, isNot } from '../dataTables/tableRows';
import { callOf, endOfRow, type LoggedCall, type LogTable, type StoredRow } from './logRow';

/** A call whose end hasn't been reported, according to its row. */
export interface OpenCall {
	row: StoredRow;
	call: LoggedCall;
	/** Someone has started to report that it has ended. */
	claim?: Claim;
}

/** Since when someone has been reporting a call, and how it ended. */
export interface Claim {
	/** Milliseconds since 1970 */
	since: number;
	end: CallEnd;
}

/** A call to be reported. */
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

	/** All open rows, the oldest calls first. */
	async openCalls(): Promise<OpenCall[]> {
		const isOpen = [is('finishedAt', null), is('finishedAt', ''), isFilled('claim')];
		const rows = await this.table.all(isOpen, 'or');
		return rows
			.filter(({ callSid, finishedAt, claim }) => callSid && (!finishedAt || claim))
			.map((row) => ({ row, call: callOf(row), ...(row.claim && { claim: readClaim(row) }) }));
	}

	/**
	 * Deletes the rows of calls that ended long ago. Rows with a call key are kept forever: the key
	 * keeps its call from being placed again.
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

	/** The call whose end was recorded last. */
	async latestEnd(): Promise<{ call: LoggedCall; end: CallEnd } | undefined> {
		const isClosed = isFilled('finishedAt');
		const [row] = await this.table.some([isClosed, IS_PLACED], 1, 'finishedAt:desc');
		return row?.finishedAt ? { call: callOf(row), end: endOfRow(row) } : undefined;
	}

	/**
	 * Claims a call in order to report it: n8n changes the row only if it hasn't changed since it was
	 * read. Taking over a claim leaves the recorded end as it is.
	 *
	 * @returns false if someone else was faster
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

/** Any other value counts as the claim of a process that crashed. */
function readClaim(row: StoredRow): Claim {
	return { since: claimedAt(row.claim) ?? 0, end: endOfRow(row) };
}

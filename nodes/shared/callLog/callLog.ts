import type { CallEnd } from '../tracking/trackedCall';
import { is, isBefore, isFilled, type ColumnOf, type Condition } from '../dataTables/tableRows';
import {
	callOf,
	readMark,
	writeMark,
	type Claim,
	type LoggedCall,
	type LogRow,
	type LogTable,
} from './logRow';

/** A call whose row does not say yet that its end was reported. */
export interface OpenCall {
	call: LoggedCall;
	/** Somebody has begun to report it. */
	claim?: Claim;
}

const IS_OPEN = is('finishedAt', null);

/** PolyAI has accepted its call. */
const IS_PLACED = isFilled('callSid');

/**
 * The call log as triggers use it (design § 4). The row of a call that was placed is open while
 * `finishedAt` is empty. Whoever reports a call first claims it and afterwards closes the row, so
 * that of two that poll at once one reports it, and a claim whose owner died is taken over: rather
 * twice than never.
 */
export class CallLog {
	constructor(private readonly table: LogTable) {}

	/** All open rows, those of the oldest calls first. */
	async openCalls(now: number): Promise<OpenCall[]> {
		const rows = await this.table.all([IS_OPEN, IS_PLACED]);
		return rows
			.filter(({ callSid }) => callSid)
			.map((row) => ({ call: callOf(row, now), claim: readMark(row) }));
	}

	/**
	 * Deletes the rows of calls that ended long ago. A call key is kept for good: it is what keeps its
	 * call from being placed again.
	 *
	 * @param time milliseconds since 1970
	 */
	async forgetEndedBefore(time: number): Promise<void> {
		const hasEnded = isBefore('finishedAt', new Date(time).toISOString());
		await this.table.remove([hasEnded, is('callKey', null)]);
	}

	/** The call whose end was written down last. */
	async latestEnd(now: number): Promise<{ call: LoggedCall; end: CallEnd } | undefined> {
		const isClosed = isFilled('finishedAt');
		const [row] = await this.table.some([isClosed, IS_PLACED], 1, 'finishedAt:desc');
		if (!row) return undefined;
		const { status, reason, finishedAt } = row;
		const end = { status: status as CallEnd['status'], finishedAt: Date.parse(finishedAt ?? '') };
		return { call: callOf(row, now), end: { ...end, ...(reason && { reason }) } };
	}

	/**
	 * Takes a call for oneself to report it: n8n changes the row only if it still is as it was read.
	 *
	 * @returns false when somebody else was faster
	 */
	async claim({ call, claim }: OpenCall, next: Claim): Promise<boolean> {
		const conditions: Array<Condition<ColumnOf<LogRow>>> = [
			IS_OPEN,
			is('callSid', call.callSid),
			is('status', call.status),
		];
		if (claim) conditions.push(is('reason', writeMark(claim)));
		const data: Partial<LogRow> = { status: next.status, reason: writeMark(next) };
		return (await this.table.changeOnce(conditions, data)).length > 0;
	}

	/** Closes the rows of all calls that were claimed with the same end at the same time. */
	async close(claim: Claim): Promise<void> {
		const conditions = [IS_OPEN, is('status', claim.status), is('reason', writeMark(claim))];
		const finishedAt = new Date(claim.since).toISOString();
		await this.table.changeOnce(conditions, { finishedAt, reason: claim.reason ?? null });
	}
}

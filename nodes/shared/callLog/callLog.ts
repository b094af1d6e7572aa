import type { CallEnd } from '../tracking/trackedCall';
import {
	callOf,
	readMark,
	rowOf,
	writeMark,
	type Claim,
	type LoggedCall,
	type LogRow,
} from './logRow';
import { askN8n, listFromN8n, mayBeStarting, readAnswer, sendToN8n, type N8nApi } from './n8nApi';

/** A call whose row does not say yet that its end was reported. */
export interface OpenCall {
	call: LoggedCall;
	/** Somebody has begun to report it. */
	claim?: Claim;
}

type Filter = Array<{ columnName: string; condition: 'eq' | 'neq'; value: string | null }>;

/**
 * A data table with a row for every call (design § 4). A row is open while `finishedAt` is empty.
 * Whoever reports a call first claims it and afterwards closes the row, so that of two that poll at
 * once one reports it, and a claim whose owner died is taken over: rather twice than never.
 */
export class CallLog {
	private readonly rows: string;

	constructor(
		private readonly api: N8nApi,
		readonly tableId: string,
	) {
		this.rows = `/data-tables/${encodeURIComponent(tableId)}/rows`;
	}

	/**
	 * Writes the row of a call that was accepted. An answer that got lost may have been a yes, so
	 * another try first looks whether the row is there.
	 *
	 * @param mostTries five minutes are the end of it in any case
	 * @throws CallError when it cannot be written
	 */
	async add(call: LoggedCall, mostTries = Infinity): Promise<void> {
		const body = { data: [rowOf(call)], returnType: 'count' };
		const insert = { method: 'POST', path: this.rows, body } as const;
		let tries = 0;
		const send = async () => {
			const known = tries++ > 0 ? await this.lookFor(call.callSid) : undefined;
			return known ?? (await sendToN8n(this.api, insert));
		};
		await askN8n(this.api, insert, { send, again: mayBeStarting, mostTries });
	}

	/** All open rows, those of the oldest calls first. */
	async openCalls(now: number): Promise<OpenCall[]> {
		const rows = await listFromN8n<LogRow>(this.api, this.rows, { filter: filterOf([IS_OPEN]) });
		return rows
			.filter(({ callSid }) => callSid)
			.map((row) => ({ call: callOf(row, now), claim: readMark(row) }));
	}

	/** The call whose end was written down last. */
	async latestEnd(now: number): Promise<{ call: LoggedCall; end: CallEnd } | undefined> {
		const isClosed = { columnName: 'finishedAt', condition: 'neq', value: null } as const;
		const query = { filter: filterOf([isClosed]), sortBy: 'finishedAt:desc', limit: '1' };
		const { data } = await askN8n<{ data: LogRow[] }>(this.api, {
			method: 'GET',
			path: this.rows,
			query,
		});
		const [row] = data;
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
		const filters: Filter = [IS_OPEN, is('callSid', call.callSid), is('status', call.status)];
		if (claim) filters.push(is('reason', writeMark(claim)));
		const changed = await this.update(filters, { status: next.status, reason: writeMark(next) });
		return changed.length > 0;
	}

	/** Closes the rows of all calls that were claimed with the same end at the same time. */
	async close(claim: Claim): Promise<void> {
		const filters = [IS_OPEN, is('status', claim.status), is('reason', writeMark(claim))];
		const finishedAt = new Date(claim.since).toISOString();
		await this.update(filters, { finishedAt, reason: claim.reason ?? null });
	}

	/** Sent once: an answer that got lost may have been a yes, which another try would turn into a no. */
	private async update(filters: Filter, data: Partial<LogRow>): Promise<LogRow[]> {
		const body = { filter: { type: 'and', filters }, data, returnData: true };
		const path = `${this.rows}/update`;
		return readAnswer<LogRow[]>(await sendToN8n(this.api, { method: 'PATCH', path, body }));
	}

	/** The answer when the row is there or cannot be looked for, nothing when it is not there. */
	private async lookFor(callSid: string) {
		const query = { filter: filterOf([is('callSid', callSid)]), limit: '1' };
		const result = await sendToN8n(this.api, { method: 'GET', path: this.rows, query });
		const body = 'body' in result ? (result.body as { data?: LogRow[] } | null) : undefined;
		return body?.data?.length === 0 ? undefined : result;
	}
}

const IS_OPEN: Filter[number] = { columnName: 'finishedAt', condition: 'eq', value: null };

function is(columnName: keyof LogRow, value: string): Filter[number] {
	return { columnName, condition: 'eq', value };
}

function filterOf(filters: Filter): string {
	return JSON.stringify({ type: 'and', filters });
}

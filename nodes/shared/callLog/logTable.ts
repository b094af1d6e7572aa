import type { LogRow } from './logRow';
import {
	askN8n,
	listFromN8n,
	mayBeStarting,
	readAnswer,
	sendToN8n,
	type N8nApi,
	type N8nRequest,
} from '../dataTables/n8nApi';

/** A row as n8n gives it back, with the number that n8n counts rows by. */
export type StoredRow = LogRow & { id: number };

export interface Condition {
	columnName: keyof StoredRow;
	condition: 'eq' | 'neq' | 'lt';
	value: string | number | null;
}

export function is(columnName: keyof StoredRow, value: string | number | null): Condition {
	return { columnName, condition: 'eq', value };
}

export function isFilled(columnName: keyof StoredRow): Condition {
	return { columnName, condition: 'neq', value: null };
}

/** For texts as well; an empty cell never is. */
export function isBefore(columnName: keyof StoredRow, value: string): Condition {
	return { columnName, condition: 'lt', value };
}

/** How long a request is tried again that n8n does not answer; five minutes are the end in any case. */
export interface Patience {
	mostTries?: number;
	/** Ends it at once. */
	signal?: AbortSignal;
}

/** The rows of a call log's data table. */
export class LogTable {
	private readonly rows: string;

	constructor(
		private readonly api: N8nApi,
		readonly tableId: string,
	) {
		this.rows = `/data-tables/${encodeURIComponent(tableId)}/rows`;
	}

	/** All rows that fulfill all conditions, the oldest first. */
	async all(conditions: Condition[]): Promise<StoredRow[]> {
		const list = { path: this.rows, right: 'dataTableRow:read' } as const;
		return await listFromN8n<StoredRow>(this.api, list, { filter: filterOf(conditions) });
	}

	/** As many of them as are wanted. @param sortBy a column, and `asc` or `desc` behind a colon */
	async some(conditions: Condition[], limit: number, sortBy: string): Promise<StoredRow[]> {
		const { data } = await askN8n<{ data: StoredRow[] }>(
			this.api,
			this.requestFor(conditions, limit, sortBy),
		);
		return data;
	}

	/**
	 * Writes a row. An answer that got lost may have been a yes, so another try first looks whether
	 * the row is there.
	 *
	 * @param marks what only this row fulfills
	 * @returns its ID
	 * @throws CallError when it cannot be written
	 */
	async insert(row: LogRow, marks: Condition[], patience: Patience = {}): Promise<number> {
		const { mostTries, signal } = patience;
		const api = { ...this.api, sender: { ...this.api.sender, signal } };
		const body = { data: [row], returnType: 'id' };
		const right = 'dataTableRow:create';
		const insert = { method: 'POST', path: this.rows, right, body } as const;
		let tries = 0;
		const send = async () => {
			const known = tries++ > 0 ? await this.lookFor(marks) : undefined;
			return known ?? (await sendToN8n(api, insert));
		};
		const rules = { send, again: mayBeStarting, mostTries: mostTries ?? Infinity };
		const answer = await askN8n<StoredRow[] | { data: StoredRow[] }>(api, insert, rules);
		const [{ id }] = (Array.isArray(answer) ? answer : answer.data) as [StoredRow];
		return id;
	}

	/** Changes rows, and tries again while that may help: for changes that may be made twice. */
	async change(
		conditions: Condition[],
		data: Partial<LogRow>,
		{ mostTries = Infinity }: Patience = {},
	): Promise<StoredRow[]> {
		const rules = { again: mayBeStarting, mostTries };
		return await askN8n<StoredRow[]>(this.api, this.updateOf(conditions, data), rules);
	}

	/** Sent once: an answer that got lost may have been a yes, which another try would turn into a no. */
	async changeOnce(conditions: Condition[], data: Partial<LogRow>): Promise<StoredRow[]> {
		const update = this.updateOf(conditions, data);
		return readAnswer(this.api, update, await sendToN8n(this.api, update));
	}

	/** Deletes all rows that fulfill all conditions. */
	async remove(conditions: Condition[]): Promise<void> {
		const path = `${this.rows}/delete`;
		const query = { filter: filterOf(conditions) };
		await askN8n(this.api, { method: 'DELETE', path, query, right: 'dataTableRow:delete' });
	}

	private updateOf(conditions: Condition[], data: Partial<LogRow>): N8nRequest {
		const body = { filter: { type: 'and', filters: conditions }, data, returnData: true };
		return { method: 'PATCH', path: `${this.rows}/update`, right: 'dataTableRow:update', body };
	}

	/** The answer when the row is there or cannot be looked for, nothing when it is not there. */
	private async lookFor(conditions: Condition[]) {
		const result = await sendToN8n(this.api, this.requestFor(conditions, 1, 'id:asc'));
		const body = 'body' in result ? (result.body as { data?: LogRow[] } | null) : undefined;
		return body?.data?.length === 0 ? undefined : result;
	}

	private requestFor(conditions: Condition[], limit: number, sortBy: string): N8nRequest {
		const query = { filter: filterOf(conditions), limit: String(limit), sortBy };
		return { method: 'GET', path: this.rows, right: 'dataTableRow:read', query };
	}
}

function filterOf(filters: Condition[]): string {
	return JSON.stringify({ type: 'and', filters });
}

import {
	askN8n,
	listFromN8n,
	mayBeStarting,
	readAnswer,
	sendToN8n,
	type N8nApi,
	type N8nRequest,
} from './n8nApi';

/** A row as n8n returns it, with n8n's row number. */
export type Stored<Row> = Row & { id: number };

/** A column of rows; n8n numbers all of them by `id`. */
export type ColumnOf<Row> = (keyof Row & string) | 'id';

export interface Condition<Column extends string> {
	columnName: Column;
	condition: 'eq' | 'neq' | 'lt' | 'gt';
	value: Value;
}

type Value = string | number | null;

function compare(condition: Condition<string>['condition']) {
	return <Column extends string>(columnName: Column, value: Value): Condition<Column> => {
		return { columnName, condition, value };
	};
}

export const is = compare('eq');
export const isNot = compare('neq');
/** For texts as well; an empty cell never is. */
export const isBefore = compare('lt');
export const isAfter = compare('gt');

export function isFilled<Column extends string>(columnName: Column): Condition<Column> {
	return isNot(columnName, null);
}

/** How long to retry a request that n8n doesn't answer; never longer than five minutes. */
export interface Patience {
	mostTries?: number;
	/** Ends it at once. */
	signal?: AbortSignal;
}

/** The rows of a data table. */
export class TableRows<Row extends object> {
	private readonly rows: string;

	constructor(
		private readonly api: N8nApi,
		readonly tableId: string,
	) {
		this.rows = `/data-tables/${encodeURIComponent(tableId)}/rows`;
	}

	/** All rows that match all conditions, or one of them, the oldest first. */
	async all(
		conditions: Array<Condition<ColumnOf<Row>>>,
		type: 'and' | 'or' = 'and',
	): Promise<Stored<Row>[]> {
		const list = { path: this.rows, right: 'dataTableRow:read' } as const;
		const filter = filterOf(conditions, type);
		return await listFromN8n<Stored<Row>>(this.api, list, { filter });
	}

	/** A limited number of them. @param sortBy a column, and `asc` or `desc` behind a colon */
	async some(
		conditions: Array<Condition<ColumnOf<Row>>>,
		limit: number,
		sortBy: string,
		type: 'and' | 'or' = 'and',
	): Promise<Stored<Row>[]> {
		const { data } = await askN8n<{ data: Stored<Row>[] }>(
			this.api,
			this.requestFor(filterOf(conditions, type), limit, sortBy),
		);
		return data;
	}

	/**
	 * Writes a row. A lost answer may have been a yes, so another try first checks whether the row is
	 * there.
	 *
	 * @param marks conditions that only this row matches
	 * @returns its ID
	 * @throws CallError if it can't be written
	 */
	async insert(
		row: Row,
		marks: Array<Condition<ColumnOf<Row>>>,
		patience: Patience = {},
	): Promise<number> {
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
		const answer = await askN8n<Stored<Row>[] | { data: Stored<Row>[] }>(api, insert, rules);
		const [{ id }] = (Array.isArray(answer) ? answer : answer.data) as [Stored<Row>];
		return id;
	}

	/** Changes rows, and retries while that may help: for changes that may be made twice. */
	async change(
		conditions: Array<Condition<ColumnOf<Row>>>,
		data: Partial<Row>,
		{ mostTries = Infinity }: Patience = {},
	): Promise<Stored<Row>[]> {
		const rules = { again: mayBeStarting, mostTries };
		return await askN8n<Stored<Row>[]>(this.api, this.updateOf(conditions, data), rules);
	}

	/** Sent once: a lost answer may have been a yes, which another try would turn into a no. */
	async changeOnce(
		conditions: Array<Condition<ColumnOf<Row>>>,
		data: Partial<Row>,
	): Promise<Stored<Row>[]> {
		const update = this.updateOf(conditions, data);
		return readAnswer(this.api, update, await sendToN8n(this.api, update));
	}

	/** Deletes all rows that match all conditions. */
	async remove(conditions: Array<Condition<ColumnOf<Row>>>): Promise<void> {
		const path = `${this.rows}/delete`;
		const query = { filter: filterOf(conditions) };
		await askN8n(this.api, { method: 'DELETE', path, query, right: 'dataTableRow:delete' });
	}

	private updateOf(conditions: Array<Condition<ColumnOf<Row>>>, data: Partial<Row>): N8nRequest {
		const body = { filter: { type: 'and', filters: conditions }, data, returnData: true };
		return { method: 'PATCH', path: `${this.rows}/update`, right: 'dataTableRow:update', body };
	}

	/** The answer if the row is there or can't be looked for; undefined if it isn't there. */
	private async lookFor(conditions: Array<Condition<ColumnOf<Row>>>) {
		const result = await sendToN8n(this.api, this.requestFor(filterOf(conditions), 1, 'id:asc'));
		const body = 'body' in result ? (result.body as { data?: Row[] } | null) : undefined;
		return body?.data?.length === 0 ? undefined : result;
	}

	private requestFor(filter: string, limit: number, sortBy: string): N8nRequest {
		const query = { filter, limit: String(limit), sortBy };
		return { method: 'GET', path: this.rows, right: 'dataTableRow:read', query };
	}
}

function filterOf(filters: Array<Condition<string>>, type: 'and' | 'or' = 'and'): string {
	return JSON.stringify({ type, filters });
}

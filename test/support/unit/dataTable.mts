import type { LogRow } from '../../../nodes/shared/callLog/logRow.ts';
import type { Condition, Stored } from '../../../nodes/shared/dataTables/tableRows.ts';
import {
	NoAnswer,
	type HttpAnswer,
	type HttpRequest,
	type SendHttp,
} from '../../../nodes/shared/http/transport.ts';

/**
 * What happens to one request: nothing, or its answer is lost before or after it is carried out.
 */
export type TableFault =
	| 'none'
	| 'lostBefore'
	| 'lostAfter'
	| { status: number; body?: object | string };

type Cells = Record<string, string | null>;

/** What n8n takes in the value of a query only when it is encoded. */
const RESERVED = /[:/?#[\]@!$&'()*+,;=]/;

interface Filter {
	type: 'and' | 'or';
	filters: Array<Condition<string>>;
}

/**
 * The rows of one data table in memory, for tests in virtual time. test/e2e/campaign.test.mts shows
 * that a real n8n does the same, and test/e2e/campaignQueueMode.test.mts with Postgres.
 */
export class DataTable<Row extends Cells = LogRow> {
	readonly rows: Array<Stored<Row>> = [];
	readonly requests: HttpRequest[] = [];
	#lastId = 0;

	/** @param faultOf what happens to a request, by its number */
	constructor(private readonly faultOf: (index: number) => TableFault = () => 'none') {}

	send: SendHttp = async (request) => {
		this.requests.push(request);
		const fault = this.faultOf(this.requests.length - 1);
		await Promise.resolve();
		if (fault === 'lostBefore') throw new NoAnswer(false, 'refused');
		if (typeof fault === 'object') return answer(fault.body ?? {}, fault.status);
		const [, query = ''] = request.url.split('?');
		const isMisread = query.split('&').some((part) => RESERVED.test(part.replace('=', '')));
		if (isMisread) return answer({ message: 'must be url encoded' }, 400);
		const done = answer(this.#carryOut(request));
		if (fault === 'lostAfter') throw new NoAnswer(true, 'reset');
		return done;
	};

	/** Adds a row, as someone else does. */
	insert(row: Row): Stored<Row> {
		const stored = { ...row, id: ++this.#lastId };
		this.rows.push(stored);
		return stored;
	}

	#carryOut({ method, url, body }: HttpRequest): unknown {
		const { searchParams } = new URL(url);
		if (method === 'POST') {
			const { data } = body as { data: Row[] };
			return data.map((row) => ({ id: this.insert(row).id }));
		}
		if (method === 'GET') {
			const offset = Number(searchParams.get('cursor') ?? 0);
			const end = offset + Number(searchParams.get('limit'));
			const found = this.#find(JSON.parse(searchParams.get('filter') ?? '{}') as Filter);
			sort(found, searchParams.get('sortBy') ?? 'id:asc');
			const nextCursor = end < found.length ? String(end) : null;
			return { data: found.slice(offset, end).map((row) => ({ ...row })), nextCursor };
		}
		if (method === 'DELETE') {
			const gone = this.#find(JSON.parse(searchParams.get('filter') ?? '{}') as Filter);
			this.rows.splice(0, Infinity, ...this.rows.filter((row) => !gone.includes(row)));
			return true;
		}
		const { filter, data, returnData } = body as {
			filter: Filter;
			data: Partial<Row>;
			returnData: boolean;
		};
		const changed = this.#find(filter);
		for (const row of changed) Object.assign(row, data);
		return returnData ? changed.map((row) => ({ ...row })) : true;
	}

	#find({ type, filters }: Filter): Array<Stored<Row>> {
		return this.rows.filter((row) => {
			const fulfills = ({ columnName, condition, value }: Condition<string>) => {
				const cell = row[columnName as keyof Row] as string | number | null;
				const isEmpty = cell === null || value === null;
				if (condition === 'lt') return !isEmpty && cell < value;
				if (condition === 'gt') return !isEmpty && cell > value;
				return (cell === value) === (condition === 'eq');
			};
			return type === 'or' ? filters.some(fulfills) : filters.every(fulfills);
		});
	}
}

function sort<Row extends object>(rows: Row[], sortBy: string): void {
	const [column, direction] = sortBy.split(':') as [keyof Row, string];
	const order = direction === 'desc' ? -1 : 1;
	rows.sort((one, other) => {
		const [a, b] = [one[column] ?? '', other[column] ?? ''];
		return a === b ? 0 : order * (a < b ? -1 : 1);
	});
}

function answer(body: unknown, status = 200): HttpAnswer {
	return { status, body, headers: {} };
}

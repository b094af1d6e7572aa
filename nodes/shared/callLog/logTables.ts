import { CallError } from '../callError';
import { COLUMNS } from './logRow';
import { listFromN8n, readAnswer, sendToN8n, type N8nApi } from '../dataTables/n8nApi';

/** A data table of n8n. */
export interface DataTable {
	id: string;
	name: string;
	columns?: Array<{ name: string }>;
}

/** How a person names a table: by its ID, by its name, or by one of the two. */
export interface TableChoice {
	mode: 'id' | 'name' | 'any';
	value: string;
}

/** All tables that the API key may see, by name. */
export async function listTables(api: N8nApi): Promise<DataTable[]> {
	const list = { path: '/data-tables', right: 'dataTable:list' } as const;
	return await listFromN8n<DataTable>(api, list, { sortBy: 'name:asc' });
}

/**
 * The table that a person has chosen.
 *
 * @returns nothing where it is chosen by a name that no table has yet
 * @throws CallError `notFound` or `badRequest` when there is none, more than one of the name, or
 * one that lacks columns
 */
export async function findTable(
	api: N8nApi,
	{ mode, value }: TableChoice,
): Promise<DataTable | undefined> {
	const wanted = value.trim();
	if (wanted === '') {
		throw new CallError('badRequest', 'No data table is chosen for the call log', {
			description: 'Choose the table under Call Log.',
		});
	}
	const tables = await listTables(api);
	const byId = mode === 'name' ? undefined : tables.find(({ id }) => id === wanted);
	const named = mode === 'id' ? [] : tables.filter(({ name }) => isSameName(name, wanted));
	const [table] = byId ? [byId] : named;
	if (!byId && named.length > 1) {
		throw new CallError('badRequest', `There are ${named.length} data tables named “${wanted}”`, {
			description: 'Choose the one for the call log from the list, or by its ID.',
		});
	}
	if (!table && mode === 'name') return undefined;
	if (!table) {
		throw new CallError('notFound', `There is no data table “${wanted}” for the call log`, {
			description:
				'Choose another one under Call Log, or create a new one there. The API key sees only the tables of its owner.',
		});
	}
	checkColumns(table);
	return table;
}

/** n8n itself tells apart two names that differ in case only, which a person hardly does. */
function isSameName(name: string, wanted: string): boolean {
	return name.trim().toLowerCase() === wanted.toLowerCase();
}

function checkColumns({ name, columns }: DataTable): void {
	if (!columns) return;
	const missing = COLUMNS.filter((column) => columns.every((one) => one.name !== column));
	if (missing.length === 0) return;
	throw new CallError(
		'badRequest',
		`The data table “${name}” lacks columns of a call log: ${missing.join(', ')}`,
		{
			description: 'Add them as texts, or create a new table under Call Log.',
		},
	);
}

/**
 * Makes a table with all columns of a call log, unless there is one of that name, which somebody else
 * may be making at the same moment.
 *
 * @throws CallError when it cannot be made, or the one that is there cannot be used
 */
export async function createTable(api: N8nApi, name: string): Promise<DataTable> {
	const choice = { mode: 'name', value: name } as const;
	const known = await findTable(api, choice);
	if (known) return known;
	const columns = COLUMNS.map((column) => ({ name: column, type: 'string' }));
	const body = { name: name.trim(), columns };
	const request = {
		method: 'POST',
		path: '/data-tables',
		right: 'dataTable:create',
		body,
	} as const;
	const result = await sendToN8n(api, request);
	const isTaken = 'status' in result && result.status === CONFLICT;
	const made = isTaken ? await findTable(api, choice) : undefined;
	return made ?? readAnswer<DataTable>(api, request, result);
}

/** What n8n answers when a table of that name is there already. */
const CONFLICT = 409;

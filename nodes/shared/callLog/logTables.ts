import { CallError } from '../callError';
import { COLUMNS } from './logRow';
import { listFromN8n, readAnswer, sendToN8n, type N8nApi } from './n8nApi';

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
	return await listFromN8n<DataTable>(api, '/data-tables', { sortBy: 'name:asc' });
}

/**
 * The table that a person has chosen.
 *
 * @throws CallError `notFound` or `badRequest` when there is none, more than one of the name, or
 * one that lacks columns
 */
export async function findTable(api: N8nApi, { mode, value }: TableChoice): Promise<DataTable> {
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

/** Makes a table with all columns of a call log, unless there is one of that name. */
export async function createTable(api: N8nApi, name: string): Promise<DataTable> {
	const known = (await listTables(api)).find((table) => isSameName(table.name, name));
	if (known) {
		checkColumns(known);
		return known;
	}
	const columns = COLUMNS.map((column) => ({ name: column, type: 'string' }));
	const body = { name, columns };
	const answer = await sendToN8n(api, { method: 'POST', path: '/data-tables', body });
	return readAnswer<DataTable>(answer);
}

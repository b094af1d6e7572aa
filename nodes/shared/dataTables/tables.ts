import { badRequest } from '../errors/badRequest';
import type { CallError } from '../errors/callError';
import { notFound } from '../errors/notFound';
import { listFromN8n, readAnswer, sendToN8n, type N8nApi } from './n8nApi';

/** A data table of n8n. */
export interface DataTable {
	id: string;
	name: string;
	columns?: Array<{ name: string }>;
}

/** What a table is for. */
export interface TableKind {
	/** A phrase that can follow "the" and "a", such as "call log". */
	purpose: string;
	/** The field in which it is chosen. */
	field: string;
	/** The columns that it is created with, all of them strings … */
	columns: readonly string[];
	/** … and those that are optional. */
	optional?: readonly string[];
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
 * The chosen table.
 *
 * @returns undefined if it's chosen by a name that no table has yet
 * @throws CallError `notFound` or `badRequest` when there is none, more than one of the name, or
 * one that lacks columns
 */
export async function findTable(
	api: N8nApi,
	kind: TableKind,
	{ mode, value }: TableChoice,
): Promise<DataTable | undefined> {
	const wanted = value.trim();
	const { purpose, field } = kind;
	if (wanted === '') throw badRequest.noTable({ purpose, field });
	const tables = await listTables(api);
	const byId = mode === 'name' ? undefined : tables.find(({ id }) => id === wanted);
	const named = mode === 'id' ? [] : tables.filter(({ name }) => isSameName(name, wanted));
	const [table] = byId ? [byId] : named;
	if (!byId && named.length > 1) {
		throw badRequest.severalTables({ count: named.length, table: wanted, purpose });
	}
	if (!table && mode === 'name') return undefined;
	if (!table) throw missingTable(kind, wanted);
	checkColumns(kind, table);
	return table;
}

/** For callers that can't do without it. */
export function missingTable({ purpose, field }: TableKind, wanted: string): CallError {
	return notFound.table({ table: wanted, purpose, field });
}

/** n8n distinguishes names that only differ in case; people hardly do. */
function isSameName(name: string, wanted: string): boolean {
	return name.trim().toLowerCase() === wanted.toLowerCase();
}

function checkColumns(kind: TableKind, { name, columns }: DataTable): void {
	if (!columns) return;
	const needed = kind.columns.filter((column) => !kind.optional?.includes(column));
	const missing = needed.filter((column) => columns.every((one) => one.name !== column));
	if (missing.length === 0) return;
	const { purpose, field } = kind;
	throw badRequest.missingColumns({ table: name, purpose, columns: missing.join(', '), field });
}

/**
 * Creates a table with all its columns, unless one with that name exists, which someone else may be
 * creating at the same moment.
 *
 * @throws CallError if it can't be created, or the existing one can't be used
 */
export async function createTable(api: N8nApi, kind: TableKind, name: string): Promise<DataTable> {
	const choice = { mode: 'name', value: name } as const;
	const known = await findTable(api, kind, choice);
	if (known) return known;
	const columns = kind.columns.map((column) => ({ name: column, type: 'string' }));
	const body = { name: name.trim(), columns };
	const request = {
		method: 'POST',
		path: '/data-tables',
		right: 'dataTable:create',
		body,
	} as const;
	const result = await sendToN8n(api, request);
	const isTaken = 'status' in result && result.status === CONFLICT;
	const made = isTaken ? await findTable(api, kind, choice) : undefined;
	return made ?? readAnswer<DataTable>(api, request, result);
}

/** n8n's answer if a table with that name already exists. */
const CONFLICT = 409;

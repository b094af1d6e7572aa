import { TableRows } from '../../shared/dataTables/tableRows';
import {
	createTable,
	findTable,
	type DataTable,
	type TableChoice,
	type TableKind,
} from '../../shared/dataTables/tables';
import { isRecord } from '../../shared/isRecord';
import { textOf } from '../../shared/textOf';
import type { NodeContext } from '../context';
import { openN8nApi } from './openN8nApi';

/** A chosen data table, and its rows. */
export interface OpenTable<Row extends object> {
	table: DataTable;
	rows: TableRows<Row>;
}

/**
 * The chosen table, for writing: if it's chosen by a name that no table has, it is created.
 *
 * @param chosen a resource locator from n8n, or an ID or a name from an expression
 * @throws CallError if it can't be used
 */
export async function openTable<Row extends object>(
	context: NodeContext,
	kind: TableKind,
	chosen: unknown,
): Promise<OpenTable<Row>> {
	const api = await openN8nApi(context);
	const choice = readTableChoice(chosen);
	const table =
		(await findTable(api, kind, choice)) ?? (await createTable(api, kind, choice.value));
	return { table, rows: new TableRows<Row>(api, table.id) };
}

/**
 * The same for reading only: a table chosen by name may not have been created yet.
 *
 * @returns undefined in that case
 * @throws CallError if it can't be used
 */
export async function findChosenTable<Row extends object>(
	context: NodeContext,
	kind: TableKind,
	chosen: unknown,
): Promise<OpenTable<Row> | undefined> {
	const api = await openN8nApi(context);
	const table = await findTable(api, kind, readTableChoice(chosen));
	return table && { table, rows: new TableRows<Row>(api, table.id) };
}

export function readTableChoice(chosen: unknown): TableChoice {
	if (!isRecord(chosen) || !('mode' in chosen)) return { mode: 'any', value: textOf(chosen) };
	const mode = chosen.mode === 'name' ? 'name' : 'id';
	return { mode, value: textOf(chosen.value) };
}

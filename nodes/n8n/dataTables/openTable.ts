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

/** A data table that a person has chosen, and its rows. */
export interface OpenTable<Row extends object> {
	table: DataTable;
	rows: TableRows<Row>;
}

/**
 * The table that a person has chosen, for who writes into it: where it is chosen by a name that no
 * table has, it is made.
 *
 * @param chosen a resource locator as n8n gives it, or an ID or a name as an expression may give it
 * @throws CallError when it cannot be used
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
 * The same for who only reads: a name may be that of a table in which nothing was written yet.
 *
 * @returns nothing in that case
 * @throws CallError when it cannot be used
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

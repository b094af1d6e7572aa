import { LogTable } from '../../shared/callLog/logTable';
import { createTable, findTable, type TableChoice } from '../../shared/callLog/logTables';
import { isRecord } from '../../shared/isRecord';
import { textOf } from '../../shared/textOf';
import type { NodeContext } from '../context';
import { openN8nApi } from '../dataTables/openN8nApi';

/**
 * The table of the call log that a person has chosen, for who writes calls into it: where it is chosen
 * by a name that no table has, it is made.
 *
 * @param chosen a resource locator as n8n gives it, or an ID or a name as an expression may give it
 * @throws CallError when it cannot be used
 */
export async function openCallLog(context: NodeContext, chosen: unknown): Promise<LogTable> {
	const api = await openN8nApi(context);
	const choice = readChoice(chosen);
	const { id } = (await findTable(api, choice)) ?? (await createTable(api, choice.value));
	return new LogTable(api, id);
}

/**
 * The same for who only reads: a name may be that of a table in which no call was written yet.
 *
 * @returns nothing in that case
 * @throws CallError when it cannot be used
 */
export async function findCallLog(
	context: NodeContext,
	chosen: unknown,
): Promise<LogTable | undefined> {
	const api = await openN8nApi(context);
	const table = await findTable(api, readChoice(chosen));
	return table && new LogTable(api, table.id);
}

function readChoice(chosen: unknown): TableChoice {
	if (!isRecord(chosen) || !('mode' in chosen)) return { mode: 'any', value: textOf(chosen) };
	const mode = chosen.mode === 'name' ? 'name' : 'id';
	return { mode, value: textOf(chosen.value) };
}

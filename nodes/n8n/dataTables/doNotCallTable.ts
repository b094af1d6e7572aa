import { addedSentences } from '../../shared/errors/addedSentences';
import { missingTable } from '../../shared/dataTables/tables';
import { DoNotCallList } from '../../shared/doNotCall/doNotCallList';
import { DO_NOT_CALL_LIST, type ListRow } from '../../shared/doNotCall/listRow';
import type { NodeContext } from '../context';
import { wallClock } from '../wallClock';
import { findChosenTable, readTableChoice } from './openTable';
import { tableField, tableMaker } from './tableField';

/** The default name of a new list. */
const usualName = 'PolyAI do-not-call list';

export const doNotCallField = tableField({
	kind: DO_NOT_CALL_LIST,
	name: 'doNotCallList',
	usualName,
	createMethod: 'createDoNotCallList',
});

/** "Create a new do-not-call list" in its list. */
export const createDoNotCallList = tableMaker({ kind: DO_NOT_CALL_LIST, usualName });

/**
 * The chosen list, for reading only. If it doesn't exist, no one may be called.
 *
 * @throws CallError `notFound`, or if it can't be used
 */
export async function findDoNotCallList(
	context: NodeContext,
	chosen: unknown,
): Promise<DoNotCallList> {
	const found = await findChosenTable<ListRow>(context, DO_NOT_CALL_LIST, chosen);
	if (found) return new DoNotCallList(found.rows, found.table.name, wallClock);
	const missing = missingTable(DO_NOT_CALL_LIST, readTableChoice(chosen).value);
	throw missing.saying({ last: addedSentences.listByBlock() });
}

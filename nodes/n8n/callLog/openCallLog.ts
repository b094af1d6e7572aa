import { CALL_LOG, type LogRow, type LogTable } from '../../shared/callLog/logRow';
import type { NodeContext } from '../context';
import { findChosenTable, openTable } from '../dataTables/openTable';

/** As `openTable`, which makes it where it is new. */
export async function openCallLog(context: NodeContext, chosen: unknown): Promise<LogTable> {
	return (await openTable<LogRow>(context, CALL_LOG, chosen)).rows;
}

/** As `findChosenTable`, for who only reads. */
export async function findCallLog(
	context: NodeContext,
	chosen: unknown,
): Promise<LogTable | undefined> {
	return (await findChosenTable<LogRow>(context, CALL_LOG, chosen))?.rows;
}

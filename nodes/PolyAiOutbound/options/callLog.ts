import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { callLogField } from '../../n8n/callLog/callLogField';
import { openTable } from '../../n8n/dataTables/openTable';
import { CALL_LOG, type LogRow } from '../../shared/callLog/logRow';
import { PlacedRows } from '../../shared/callLog/placedRows';
import type { Option } from '../../n8n/option';

/** What was chosen; nothing when the option was not added. */
export const callLogOption: Option<unknown> = {
	field: {
		...callLogField,
		description:
			"The data table to add a row to for every call. PolyAI Outbound Trigger with 'Call in Call Log Ended' adds the results. If you enter a name, the first call creates the table. Default: none.",
	},
	read: ({ callLog }) => callLog,
};

/**
 * Before anybody is called, so that nobody is whose result would have no place.
 *
 * @throws CallError when the log cannot be used
 */
export async function openChosenLog(
	context: IExecuteFunctions,
	options: IDataObject,
): Promise<PlacedRows | undefined> {
	const chosen = callLogOption.read(options);
	if (chosen === undefined) return undefined;
	return new PlacedRows((await openTable<LogRow>(context, CALL_LOG, chosen)).rows);
}

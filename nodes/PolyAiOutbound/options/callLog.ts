import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { callLogField } from '../../n8n/callLog/callLogField';
import { openTable } from '../../n8n/dataTables/openTable';
import { CALL_LOG, type LogRow } from '../../shared/callLog/logRow';
import { PlacedRows } from '../../shared/callLog/placedRows';
import type { Option } from '../../n8n/option';

/** The chosen table; undefined if the option wasn't added. */
export const callLogOption: Option<unknown> = {
	field: {
		...callLogField,
		description:
			"The data table to add a row to for every call. PolyAI Outbound Trigger with 'Call in Call Log Ended' adds the results. If you enter a name, the first call creates the table. Default: none.",
	},
	read: ({ callLog }) => callLog,
};

/**
 * Runs before any call, so that no one is called whose result couldn't be stored.
 *
 * @throws CallError when the log can't be used
 */
export async function openChosenLog(
	context: IExecuteFunctions,
	options: IDataObject,
): Promise<PlacedRows | undefined> {
	const chosen = callLogOption.read(options);
	if (chosen === undefined) return undefined;
	return new PlacedRows((await openTable<LogRow>(context, CALL_LOG, chosen)).rows);
}

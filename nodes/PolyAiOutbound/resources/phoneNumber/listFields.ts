import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { doNotCallField, findDoNotCallList } from '../../../n8n/dataTables/doNotCallTable';
import { tableInUse } from '../../../n8n/dataTables/whenUsingTables';
import type { DoNotCallList } from '../../../shared/doNotCall/doNotCallList';
import { numberIn, type NumberRules } from '../../../shared/phoneNumbers/understandNumber';
import type { OpenRun } from '../../operation';
import { phoneNumberFields, rulesFor } from './phoneNumberFields';

/** Parallel requests to n8n for a do-not-call list; n8n has other work, too. */
export const LIST_CONCURRENCY = 5;

/** The fields of the operations on a do-not-call list. */
export function listFields(description: string): INodeProperties[] {
	return [...phoneNumberFields, { ...doNotCallField, description, required: true }, tableInUse];
}

/**
 * The number of an item. It can be blocked even if it may not be called. @throws CallError as
 * `numberIn`
 */
export function readNumberHeld(context: IExecuteFunctions, item: number) {
	const rules = rulesFor(context, item);
	const cell = context.getNodeParameter('phoneNumber', item, '');
	return { phoneNumber: numberIn(cell, rules).number, rules };
}

/**
 * A run that reads or changes the chosen list for each item's number.
 *
 * @throws CallError if the list doesn't exist, or can't be used
 */
export async function openListRun(
	context: IExecuteFunctions,
	work: (list: DoNotCallList, phoneNumber: string, rules: NumberRules) => Promise<IDataObject>,
): Promise<OpenRun> {
	const chosen = context.getNodeParameter(doNotCallField.name, 0, '');
	const list = await findDoNotCallList(context, chosen);
	return {
		concurrency: LIST_CONCURRENCY,
		prepare(item) {
			const { phoneNumber, rules } = readNumberHeld(context, item);
			return async () => await work(list, phoneNumber, rules);
		},
	};
}

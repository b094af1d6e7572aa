import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { doNotCallField, findDoNotCallList } from '../../../n8n/dataTables/doNotCallTable';
import { tableInUse } from '../../../n8n/dataTables/whenUsingTables';
import type { DoNotCallList } from '../../../shared/doNotCall/doNotCallList';
import { numberIn, type NumberRules } from '../../../shared/phoneNumbers/understandNumber';
import type { OpenRun } from '../../operation';
import { phoneNumberFields, rulesFor } from './phoneNumberFields';

/** Requests to n8n for a do-not-call list at once: it has other work, too. */
export const LIST_CONCURRENCY = 5;

/** The fields of the operations on a do-not-call list. */
export function listFields(description: string): INodeProperties[] {
	return [...phoneNumberFields, { ...doNotCallField, description, required: true }, tableInUse];
}

/** The number of an item, which may be blocked whether or not it may be called. @throws CallError as `numberIn` */
export function readNumberHeld(context: IExecuteFunctions, item: number) {
	const rules = rulesFor(context, item);
	const cell = context.getNodeParameter('phoneNumber', item, '');
	return { phoneNumber: numberIn(cell, rules).number, rules };
}

/**
 * A run that does something about each item's number in the list that was chosen.
 *
 * @throws CallError when the list is not there, or cannot be used
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

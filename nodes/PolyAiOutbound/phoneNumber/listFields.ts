import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { doNotCallField } from '../../n8n/dataTables/doNotCallTable';
import { tableInUse } from '../../n8n/dataTables/whenUsingTables';
import { numberIn } from '../../shared/phoneNumbers/understandNumber';
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

import { findDoNotCallList } from '../../n8n/dataTables/doNotCallTable';
import type { Operation } from '../operation';
import { includeInputFields } from '../options/includeInputFields';
import { numberOptions } from '../options/numberOptions';
import { LIST_CONCURRENCY, listFields, readNumberHeld } from './listFields';

export const isBlocked: Operation = {
	resource: 'phoneNumber',
	value: 'isBlocked',
	name: 'Is Blocked',
	action: 'Check whether a phone number is blocked',
	description: 'Look up whether a phone number is on a do-not-call list',
	toolDescription:
		'Tells whether a phone number is on the do-not-call list. It calls nobody. If isBlocked is true, do not call the person.',
	fields: listFields("The data table whose column 'phoneNumber' is looked up, in any notation"),
	options: [...numberOptions, includeInputFields],
	async open(context) {
		const chosen = context.getNodeParameter('doNotCallList', 0, '');
		const list = await findDoNotCallList(context, chosen);
		return {
			concurrency: LIST_CONCURRENCY,
			prepare(item) {
				const { phoneNumber, rules } = readNumberHeld(context, item);
				return async () => {
					const [row] = await list.find(phoneNumber, rules);
					const reason = row?.reason ?? undefined;
					return { phoneNumber, isBlocked: row !== undefined, ...(reason && { reason }) };
				};
			},
		};
	},
};

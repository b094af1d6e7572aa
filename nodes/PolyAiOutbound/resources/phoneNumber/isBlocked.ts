import type { Operation } from '../../operation';
import { includeInputFields } from '../../options/includeInputFields';
import { numberOptions } from '../../options/numberOptions';
import { listFields, openListRun } from './listFields';

export const isBlocked: Operation = {
	resource: 'phoneNumber',
	value: 'isBlocked',
	name: 'Is Blocked',
	action: 'Check whether phone number is blocked',
	description: 'Look up whether a phone number is on a do-not-call list',
	toolDescription:
		'Tells whether a phone number is on the do-not-call list. It calls nobody. If isBlocked is true, do not call the person.',
	fields: listFields("The data table whose column 'phoneNumber' is looked up, in any notation"),
	options: [...numberOptions, includeInputFields],
	async open(context) {
		return await openListRun(context, async (list, phoneNumber, rules) => {
			const [row] = await list.find(phoneNumber, rules);
			const reason = row?.reason ?? undefined;
			return { phoneNumber, isBlocked: row !== undefined, ...(reason && { reason }) };
		});
	},
};

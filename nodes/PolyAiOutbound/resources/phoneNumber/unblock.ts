import type { Operation } from '../../operation';
import { includeInputFields } from '../../options/includeInputFields';
import { numberOptions } from '../../options/numberOptions';
import { listFields, openListRun } from './listFields';

export const unblock: Operation = {
	resource: 'phoneNumber',
	value: 'unblock',
	name: 'Unblock',
	action: 'Unblock phone number',
	description: 'Remove a phone number from a do-not-call list, so that it can be called again',
	toolDescription:
		'Removes a phone number from the do-not-call list, so that it can be called again. It calls no one. Use it only when the person has asked to be called again.',
	fields: listFields('The data table to delete all rows with this number from'),
	options: [...numberOptions, includeInputFields],
	async open(context) {
		return await openListRun(context, async (list, phoneNumber, rules) => {
			const rows = await list.find(phoneNumber, rules);
			await list.remove(rows);
			return { phoneNumber, isBlocked: false, wasBlocked: rows.length > 0 };
		});
	},
};

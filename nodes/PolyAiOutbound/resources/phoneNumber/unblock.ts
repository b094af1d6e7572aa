import type { Operation } from '../../operation';
import { includeInputFields } from '../../options/includeInputFields';
import { numberOptions } from '../../options/numberOptions';
import { listFields, openListRun } from './listFields';

export const unblock: Operation = {
	resource: 'phoneNumber',
	value: 'unblock',
	name: 'Unblock',
	action: 'Unblock phone number',
	description: 'Take a phone number off a do-not-call list, so that it may be called again',
	toolDescription:
		'Takes a phone number off the do-not-call list, so that it may be called again. It calls nobody. Use it only when the person has asked to be called again.',
	fields: listFields('The data table from which all rows with the number are deleted'),
	options: [...numberOptions, includeInputFields],
	async open(context) {
		return await openListRun(context, async (list, phoneNumber, rules) => {
			const rows = await list.find(phoneNumber, rules);
			await list.remove(rows);
			return { phoneNumber, isBlocked: false, wasBlocked: rows.length > 0 };
		});
	},
};

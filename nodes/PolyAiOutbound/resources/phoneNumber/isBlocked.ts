import type { Operation } from '../../operation';
import { includeInputFields } from '../../options/includeInputFields';
import { numberOptions } from '../../options/numberOptions';
import { listFields, openListRun } from './listFields';

export const isBlocked: Operation = {
	resource: 'phoneNumber',
	value: 'isBlocked',
	name: 'Is Blocked',
	action: 'Check whether phone number is blocked',
	description: 'Check whether a phone number is on a do-not-call list',
	toolDescription:
		'Checks whether a phone number is on the do-not-call list. It calls no one. If isBlocked is true, do not call the person.',
	fields: listFields(
		"The data table to check, with the numbers in its column 'phoneNumber', in any notation",
	),
	options: [...numberOptions, includeInputFields],
	async open(context) {
		return await openListRun(context, async (list, phoneNumber, rules) => {
			const [row] = await list.find(phoneNumber, rules);
			const reason = row?.reason ?? undefined;
			return { phoneNumber, isBlocked: row !== undefined, ...(reason && { reason }) };
		});
	},
};

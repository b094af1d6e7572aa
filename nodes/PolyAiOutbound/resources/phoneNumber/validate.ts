import type { IDataObject } from 'n8n-workflow';
import { CallError } from '../../../shared/errors/callError';
import type { UnderstoodNumber } from '../../../shared/phoneNumbers/understandNumber';
import { withoutAbsent } from '../../../shared/withoutAbsent';
import { toResult } from '../../../shared/toResult';
import type { Operation } from '../../operation';
import { includeInputFields } from '../../options/includeInputFields';
import { numberOptions } from '../../options/numberOptions';
import { choiceOption } from '../../../n8n/option';
import { optionsOf } from '../../run/session';
import { phoneNumberFields, readPhoneNumber } from './phoneNumberFields';

const ifInvalid = choiceOption({
	displayName: 'If Invalid',
	name: 'ifInvalid',
	options: [
		{
			name: 'Return an Error',
			value: 'error',
			description: 'The item fails',
		},
		{
			name: 'Return Item as Invalid',
			value: 'returnInvalid',
			description:
				"Every item comes out with the field 'isValid', and the invalid ones with a reason",
		},
	],
	default: 'error',
	description: "What to do with a number that can't be called. Default: Return an Error.",
});

/** Only checks numbers: it needs no credential and sends nothing. */
export const validate: Operation = {
	resource: 'phoneNumber',
	value: 'validate',
	name: 'Validate',
	action: 'Validate phone number',
	description: 'Check a phone number and format it as PolyAI needs it, without calling anyone',
	toolDescription:
		'Checks whether a phone number can be called, and formats it with + and the country code. It calls no one.',
	fields: phoneNumberFields,
	options: [...numberOptions, ifInvalid, includeInputFields],
	async open(context) {
		return {
			concurrency: 1,
			prepare(item) {
				const read = () => readPhoneNumber(context, item);
				if (ifInvalid.read(optionsOf(context, item)) === 'returnInvalid') {
					return async () => await validOrNot(read);
				}
				const number = read();
				return async () => ({ ...number });
			},
		};
	},
};

/**
 * Only reports what is wrong with a number. If a field isn't filled in correctly, the item still
 * fails.
 */
async function validOrNot(read: () => UnderstoodNumber): Promise<IDataObject> {
	const result = await toResult(async () => read());
	if ('value' in result) return { isValid: true, ...result.value };
	const { error } = result;
	if (!(error instanceof CallError) || error.code === 'badRequest')
		return await Promise.reject(error);
	const { message, code, details } = error;
	const { description, phoneNumber } = details;
	return withoutAbsent({ isValid: false, reason: message, description, code, phoneNumber });
}

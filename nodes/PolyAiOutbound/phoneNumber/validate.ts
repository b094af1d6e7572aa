import type { Operation } from '../operation';
import { numberOptions } from '../options/numberOptions';
import { phoneNumberFields, readPhoneNumber } from './phoneNumberFields';

/** Looks at numbers only: it needs no credential and sends nothing. */
export const validate: Operation = {
	resource: 'phoneNumber',
	value: 'validate',
	name: 'Validate',
	action: 'Validate a phone number',
	description: 'Check a phone number and write it as PolyAI needs it, without calling anybody',
	toolDescription:
		'Checks whether a phone number can be called, and writes it with + and country code. It calls nobody.',
	fields: phoneNumberFields,
	options: numberOptions,
	async open(context) {
		return {
			concurrency: 1,
			prepare(item) {
				const number = readPhoneNumber(context, item);
				return async () => ({ ...number });
			},
		};
	},
};

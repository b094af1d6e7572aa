import type { IDataObject } from 'n8n-workflow';
import type { NumberRules } from '../../shared/phoneNumbers/understandNumber';
import { countries } from './countries';
import { choiceOption, switchOption, type Option } from '../../n8n/option';
import { listOf } from '../../shared/listOf';

const numberCheck = choiceOption({
	displayName: 'Number Check',
	name: 'numberCheck',
	options: [
		{
			name: 'Possible',
			value: 'possible',
			description: 'The number has a valid length for its country',
		},
		{
			name: 'Valid',
			value: 'valid',
			description: 'The number is in a range that its country has assigned',
		},
	],
	default: 'valid',
	description: 'How strictly phone numbers are checked. Default: Valid.',
});

const allowPremium = switchOption({
	displayName: 'Allow Premium Numbers',
	name: 'allowPremium',
	default: false,
	description:
		'Whether to call premium-rate, shared-cost, and satellite numbers, which cost extra. Default: off.',
});

const allowedCountries: Option<string[]> = {
	field: {
		displayName: 'Allowed Countries',
		name: 'allowedCountries',
		type: 'multiOptions',
		options: countries,
		default: [],
		description:
			'Only numbers in these countries are called. This also helps with numbers that could belong to several countries. Default: all countries.',
	},
	read: (options) => listOf(options.allowedCountries),
};

export const numberOptions = [numberCheck, allowPremium, allowedCountries];

/** The rules by which a number is understood. */
export function readNumberRules(defaultCountry: string, options: IDataObject): NumberRules {
	return {
		defaultCountry,
		numberCheck: numberCheck.read(options),
		allowPremium: allowPremium.read(options),
		allowedCountries: allowedCountries.read(options),
	};
}

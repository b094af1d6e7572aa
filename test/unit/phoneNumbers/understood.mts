import { CallError } from '../../../nodes/shared/callError.ts';
import {
	understandNumber,
	type NumberRules,
	type UnderstoodNumber,
} from '../../../nodes/shared/phoneNumbers/understandNumber.ts';

/** What the node makes of a cell with the default options. */
export function understood(
	cell: unknown,
	defaultCountry = '',
	rules: Partial<NumberRules> = {},
): UnderstoodNumber {
	return understandNumber(cell, {
		defaultCountry,
		numberCheck: 'valid',
		allowPremium: false,
		allowedCountries: [],
		...rules,
	});
}

/** Why the node refuses a cell. */
export function refusal(
	cell: unknown,
	defaultCountry = '',
	rules: Partial<NumberRules> = {},
): CallError {
	try {
		understood(cell, defaultCountry, rules);
	} catch (error) {
		if (error instanceof CallError) return error;
		throw error;
	}
	throw new Error(`${JSON.stringify(cell)} was understood`);
}

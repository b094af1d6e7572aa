import { CallError } from '../../../../nodes/shared/errors/callError.ts';
import {
	understandNumber,
	type NumberRules,
	type UnderstoodNumber,
} from '../../../../nodes/shared/phoneNumbers/understandNumber.ts';

/** How the node reads a cell with the default options. */
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

/** Cells that have to be refused, with this in the message, and with the default country that each has. */
export function refusedAs(reason: string, cells: ReadonlyArray<readonly [unknown, string]>): void {
	test.each(cells)('%j with default country %j', (cell, country) => {
		const error = refusal(cell, country, { allowPremium: true });
		expect(error.code).toBe('invalidPhoneNumber');
		expect(error.message).toContain(reason);
		expect(error.details.description).toMatch(/^[A-Z].*\.$/s);
	});
}

/** Cells that have to be understood. */
export function readAs(cells: ReadonlyArray<readonly [unknown, string, string]>): void {
	test.each(cells)('%j with default country %j is %s', (cell, country, number) => {
		expect(understood(cell, country, { allowPremium: true }).phoneNumber).toBe(number);
	});
}

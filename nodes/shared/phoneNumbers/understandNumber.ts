import {
	isSupportedCountry,
	type CountryCode,
	type NumberType,
	type PhoneNumber,
} from 'libphonenumber-js/max';
import { CallError } from '../callError';
import { cleanCell } from './cleanCell';
import { notANumber } from './notANumber';
import { parseNumber } from './parseNumber';

export interface NumberRules {
	/** ISO 3166-1 alpha-2; empty when numbers must carry their country. */
	defaultCountry: string;
	/** `valid`: the number exists in its country's plan. `possible`: its length could be right. */
	numberCheck: 'valid' | 'possible';
	/** Whether premium-rate and shared-cost numbers may be called. */
	allowPremium: boolean;
	/** ISO 3166-1 alpha-2; empty allows all. */
	allowedCountries: readonly string[];
}

export interface UnderstoodNumber {
	/** E.164 */
	phoneNumber: string;
	/** ISO 3166-1 alpha-2; absent for numbers of no country, such as +800. */
	country?: string;
	/** libphonenumber's word, such as MOBILE; absent when the plan does not tell. */
	numberType?: NumberType;
	nationalFormat: string;
	internationalFormat: string;
}

/** 030 123456/7 stands for 030 123456 and 030 123457, and not for 030 1234567. */
const ENDING_OF_ANOTHER = /\/\s*\d{1,2}$/;

/**
 * Understands a phone number as a person would, see promise 3 of the design.
 *
 * @throws CallError `invalidPhoneNumber` with the reason in words; `notAllowed` for a number that
 * exists and that the rules keep out; `badRequest` when the rules name no country.
 */
export function understandNumber(cell: unknown, rules: NumberRules): UnderstoodNumber {
	const text = cleanCell(cell);
	const number = parseNumber(text, countryCalled(rules.defaultCountry, 'Default Country'));
	if (typeof number === 'string') throw notANumber(text, number);
	if (number.ext || /[;,#x]|ext/i.test(text)) throw notANumber(text, 'EXTENSION');
	if (ENDING_OF_ANOTHER.test(text)) throw notANumber(text, 'SEVERAL');
	if (!number.isPossible()) throw notANumber(text, 'WRONG_LENGTH', number);
	if (rules.numberCheck === 'valid' && !number.isValid())
		throw notANumber(text, 'NOT_IN_USE', number);
	keepFences(number, rules);
	return {
		phoneNumber: number.number,
		...(number.country && { country: number.country }),
		...(number.getType() && { numberType: number.getType() }),
		nationalFormat: number.formatNational(),
		internationalFormat: number.formatInternational(),
	};
}

function keepFences(number: PhoneNumber, { allowPremium, allowedCountries }: NumberRules): void {
	const type = number.getType();
	if (!allowPremium && (type === 'PREMIUM_RATE' || type === 'SHARED_COST')) {
		const kind = type === 'PREMIUM_RATE' ? 'premium-rate' : 'shared-cost';
		throw new CallError('notAllowed', `${number.number} is a ${kind} number`, {
			phoneNumber: number.number,
			description:
				'Calling it costs extra. Turn on Allow Premium Numbers in the options to call it all the same.',
		});
	}
	const allowed = allowedCountries
		.filter((code) => code.trim() !== '')
		.map((code) => countryCalled(code, 'Allowed Countries'));
	const countries = number.country ? [number.country] : number.getPossibleCountries();
	if (allowed.length === 0) return;
	if (countries.length > 0 && countries.every((country) => allowed.includes(country))) return;
	throw new CallError('notAllowed', `${number.number} is in a country that is not allowed`, {
		phoneNumber: number.number,
		description: `The number belongs to ${countries.join(' or ') || 'no country'}. Allowed Countries in the options has ${allowed.join(', ')}.`,
	});
}

function countryCalled(code: string, field: string): CountryCode | undefined {
	const country = code.trim().toUpperCase().replace(/^UK$/, 'GB');
	if (country === '') return undefined;
	if (isSupportedCountry(country)) return country;
	throw new CallError(
		'badRequest',
		`“${code.trim().slice(0, 40)}” in ${field} is not a country code`,
		{
			description: 'Write the two letters of the country, for example US, GB or DE.',
		},
	);
}

import type { CountryCode, NumberType, PhoneNumber } from 'libphonenumber-js/max';
import type { CallError } from '../errors/callError';
import { chooseReading, type Reading } from './chooseReading';
import { cleanText } from './cleanText';
import { internationalPrefix } from './internationalPrefix';
import { ambiguous, lacksPlus, notANumber } from './notANumber';
import { notOneNumber, NUMBER_SIGN } from './notOneNumber';
import {
	countryCalled,
	isInAllowedCountry,
	keepRestrictions,
	type NumberRestrictions,
} from './numberRestrictions';
import { readCell } from './readCell';
import { groupsOf, parseDigits, type ReadingRules, type Written } from './readings';

export interface NumberRules {
	/** ISO 3166-1 alpha-2; empty if numbers must include their country code. */
	defaultCountry: string;
	/** `valid`: the number exists in its country's plan. `possible`: its length could be right. */
	numberCheck: 'valid' | 'possible';
	/** Whether premium-rate, shared-cost and satellite numbers may be called. */
	allowPremium: boolean;
	/** ISO 3166-1 alpha-2; empty allows all. */
	allowedCountries: readonly string[];
}

export interface UnderstoodNumber {
	/** E.164 */
	phoneNumber: string;
	/** ISO 3166-1 alpha-2; absent for numbers of no country, such as +800. */
	country?: string;
	/** libphonenumber's type, such as MOBILE; absent if the plan doesn't show it. */
	numberType?: NumberType;
	nationalFormat: string;
	internationalFormat: string;
}

/** All characters that a phone number may contain. */
const PHONE_SIGNS = /^\+?[\d\s()[\].\-/\p{Pd}\u2212]*$/u;
const BRACKET_ZERO = /(?<=^[+\d\s.-]{1,9})[([]\s*0\s*[)\]]/;
const BRACKETED_CODE = /^\+\s*[([]\s*(\d+)\s*[)\]]/;

/**
 * Understands a phone number as a person would: the one number that a cell stands for, or the
 * reason why there is none (docs/design.md § 3, promises 0 and 3).
 *
 * @throws CallError `invalidPhoneNumber` with the reason; `notAllowed` for an existing number that
 * the rules exclude; `badRequest` if the rules name an unknown country.
 */
export function understandNumber(cell: unknown, rules: NumberRules): UnderstoodNumber {
	const number = numberIn(cell, rules);
	const numberType = number.getType();
	keepRestrictions(number, numberType, readRestrictions(rules));
	return {
		phoneNumber: number.number,
		...(number.country && { country: number.country }),
		...(numberType && { numberType }),
		nationalFormat: number.formatNational(),
		internationalFormat: number.formatInternational(),
	};
}

/**
 * The same number, whether or not the rules exclude it.
 *
 * @throws CallError as `understandNumber`, but never `notAllowed`
 */
export function numberIn(cell: unknown, rules: NumberRules): PhoneNumber {
	const readingRules = readReadingRules(rules, readRestrictions(rules));
	const { text: original, isNumeric } = readCell(cell);
	if (NUMBER_SIGN.test(original)) throw notANumber(original, 'footnote');
	const text = cleanText(original);
	const read = (part: string, country = readingRules.defaultCountry) =>
		chooseReading(writtenAs(part, isNumeric), { ...readingRules, defaultCountry: country });
	const reason = notOneNumber(text, (part, country) => numberOf(read(part, country)));
	if (reason && !isNationalFormat(text, read(text))) throw notANumber(text || original, reason);
	if (!PHONE_SIGNS.test(text)) throw notANumber(text, 'NOT_A_NUMBER');

	const reading = read(text);
	if (!hasNumber(reading)) throw refusal(text, reading, readingRules);
	return reading.number;
}

type Understood = Extract<Reading, { number: PhoneNumber }>;

function hasNumber(reading: Reading): reading is Understood {
	return typeof reading === 'object' && 'number' in reading;
}

function numberOf(reading: Reading): PhoneNumber | undefined {
	return hasNumber(reading) ? reading.number : undefined;
}

/** New Caledonia writes 05.08.44, which would be a date elsewhere. */
function isNationalFormat(text: string, reading: Reading): boolean {
	return numberOf(reading)?.formatNational() === text;
}

function refusal(
	text: string,
	reading: Exclude<Reading, Understood>,
	{ defaultCountry }: ReadingRules,
): CallError {
	if (reading === 'date' || reading === 'INVALID_COUNTRY') return notANumber(text, reading);
	if (typeof reading === 'object' && 'rivals' in reading) return ambiguous(text, reading.rivals);
	const closest = closestReading(writtenAs(text, false), defaultCountry);
	const refused =
		typeof closest === 'string'
			? notANumber(text, closest)
			: notANumber(text, closest.isPossible() ? 'NOT_IN_USE' : 'WRONG_LENGTH', closest);
	return reading === 'NONE' ? refused : lacksPlus(refused, reading.withPlus);
}

/**
 * What libphonenumber makes of a text that isn't a real number: the closest number, or its code for
 * what is wrong.
 */
function closestReading({ digits }: Written, defaultCountry?: CountryCode): PhoneNumber | string {
	const prefix = defaultCountry ? undefined : internationalPrefix(digits);
	return parseDigits(prefix ? `+${digits.slice(prefix.length)}` : digits, defaultCountry);
}

function writtenAs(text: string, isNumeric: boolean): Written {
	const [, bracketedCode] = BRACKETED_CODE.exec(text) ?? [];
	const written = { digits: phoneDigits(text), groups: groupsOf(text), isNumeric, bracketedCode };
	if (!BRACKET_ZERO.test(text)) return written;
	return { ...written, withoutBracketZero: phoneDigits(text.replace(BRACKET_ZERO, '')) };
}

function phoneDigits(text: string): string {
	return text.replace(/[^+\d]/g, '');
}

/** @throws CallError `badRequest` if the rules name an unknown country */
export function checkNumberRules(rules: NumberRules): void {
	readReadingRules(rules, readRestrictions(rules));
}

function readRestrictions({ allowPremium, allowedCountries }: NumberRules): NumberRestrictions {
	return {
		allowPremium,
		allowedCountries: allowedCountries.flatMap(
			(code) => countryCalled(code, 'Allowed Countries') ?? [],
		),
	};
}

function readReadingRules(rules: NumberRules, restrictions: NumberRestrictions): ReadingRules {
	return {
		defaultCountry: countryCalled(rules.defaultCountry, 'Default Country'),
		numberCheck: rules.numberCheck,
		isAllowed: (number) => isInAllowedCountry(number, restrictions),
	};
}

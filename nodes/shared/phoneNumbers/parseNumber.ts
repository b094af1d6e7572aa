import {
	ParseError,
	parsePhoneNumberWithError,
	type CountryCode,
	type PhoneNumber,
} from 'libphonenumber-js/max';

/**
 * The number that a cleaned text stands for, or libphonenumber's word for what is wrong with it.
 * A number without a plus is read as one of the default country; only when it is none of that
 * country's do the international prefixes `00` and `011` count.
 */
export function parseNumber(text: string, defaultCountry?: CountryCode): PhoneNumber | string {
	const asWritten = parse(text, defaultCountry);
	if (typeof asWritten !== 'string' && asWritten.isValid()) return asWritten;
	const withPlus = plusForPrefix(text, defaultCountry);
	const international = withPlus === undefined ? asWritten : parse(withPlus);
	if (typeof international !== 'string' && international.isValid()) return international;
	return defaultCountry ? asWritten : international;
}

/**
 * Fewer digits behind `011` than this are rather a local number of Britain (Leeds 0113 …) or Japan
 * (Sapporo 011 …), and reading them as international would ring a stranger.
 */
const FEWEST_DIGITS_BEHIND_011 = 10;

function plusForPrefix(text: string, defaultCountry?: CountryCode): string | undefined {
	const digits = text.replace(/[\s().\-–/]/g, '');
	if (/^00[1-9]/.test(digits)) return `+${digits.slice(2)}`;
	const isLong = digits.length - 3 >= FEWEST_DIGITS_BEHIND_011;
	if (/^011[1-9]/.test(digits) && (isLong || defaultCountry)) return `+${digits.slice(3)}`;
	return undefined;
}

function parse(text: string, defaultCountry?: CountryCode): PhoneNumber | string {
	try {
		return parsePhoneNumberWithError(text, { defaultCountry, extract: false });
	} catch (error) {
		return error instanceof ParseError ? error.message : 'NOT_A_NUMBER';
	}
}

import {
	getCountryCallingCode,
	ParseError,
	parsePhoneNumberWithError,
	type CountryCode,
	type PhoneNumber,
} from 'libphonenumber-js/max';

/**
 * The number that a cleaned text stands for, or a word for what is wrong with it: libphonenumber's,
 * or `AMBIGUOUS`. A number without a plus is read as one of the default country; only when it is
 * none of that country's do the international prefixes `00` and `011` count.
 */
export function parseNumber(text: string, defaultCountry?: CountryCode): PhoneNumber | string {
	const asWritten = parse(text, defaultCountry);
	if (isReal(asWritten)) return hasLostItsPlus(text, asWritten) ? 'AMBIGUOUS' : asWritten;
	const others = otherReadings(text, defaultCountry).map((reading) => parse(reading));
	const real = others.find(isReal);
	if (real) return real;
	return defaultCountry ? asWritten : (others[0] ?? asWritten);
}

/** Some plans, such as Japan's, list service numbers with `00`, which nobody can call from abroad. */
function isReal(number: PhoneNumber | string): number is PhoneNumber {
	return typeof number !== 'string' && number.isValid() && !number.nationalNumber.startsWith('00');
}

/**
 * A spreadsheet took the plus from +49 1512 3456789, and what is left is a number inside Germany as
 * well: whoever is called may be a stranger. Numbers written as their country writes them are clear.
 */
function hasLostItsPlus(text: string, number: PhoneNumber): boolean {
	const digits = text.replace(/\D/g, '');
	if (text.startsWith('+') || digits === number.formatNational().replace(/\D/g, '')) return false;
	const other = parse(`+${digits}`);
	if (!isReal(other) || other.number === number.number) return false;
	return other.countryCallingCode === number.countryCallingCode;
}

/** The `0` that is dialled inside a country only, as in +48 (0)22 123 45 67. */
const TRUNK_ZERO = /\(\s*0\s*\)/;

function otherReadings(text: string, defaultCountry?: CountryCode): string[] {
	return [text, text.replace(TRUNK_ZERO, ' ')]
		.map((written) => (written.startsWith('+') ? written : plusForPrefix(written, defaultCountry)))
		.filter((reading) => reading !== undefined && reading !== text) as string[];
}

/**
 * Fewer digits behind `011` than this are rather a local number of Britain (Leeds 0113 …), be it
 * with a digit or two too many, and reading them as international would ring a stranger.
 */
const FEWEST_DIGITS_BEHIND_011 = 11;

function plusForPrefix(text: string, defaultCountry?: CountryCode): string | undefined {
	const digits = text.replace(/[\s().\-–/]/g, '');
	if (/^00[1-9]/.test(digits)) return `+${digits.slice(2)}`;
	if (!/^011[1-9]/.test(digits)) return undefined;
	const behind = digits.slice(3);
	// Where people dial 011, libphonenumber knows; elsewhere it is rather a digit too many.
	const isMeant = defaultCountry
		? behind.startsWith(getCountryCallingCode(defaultCountry))
		: behind.length >= FEWEST_DIGITS_BEHIND_011;
	return isMeant ? `+${behind}` : undefined;
}

function parse(text: string, defaultCountry?: CountryCode): PhoneNumber | string {
	try {
		return parsePhoneNumberWithError(text, { defaultCountry, extract: false });
	} catch (error) {
		return error instanceof ParseError ? error.message : 'NOT_A_NUMBER';
	}
}

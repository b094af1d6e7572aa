import { getCountryCallingCode, type CountryCode } from 'libphonenumber-js/max';
import { parseDigits } from './parseDigits';

/** One number for each digit that country codes start with. */
const ABROAD = [
	...['12125550123', '201001234567', '33612345678', '442079460018', '5511961234567'],
	...['6591234567', '79161234567', '819012345678', '919876543210'],
];
const answers = new Map<CountryCode, boolean>();

/** Most countries dial 00 and a country code; in some, the digits of a carrier stand between them. */
export function dialsDoubleZeroOnly(country: CountryCode): boolean {
	const known = answers.get(country);
	if (known !== undefined) return known;
	const answer = ABROAD.every((digits) => {
		const number = parseDigits(`00${digits}`, country);
		return typeof number === 'object' && number.number === `+${digits}`;
	});
	answers.set(country, answer);
	return answer;
}

/**
 * Fewer digits than this after `011` are more likely a local number (Leeds is 0113 …), possibly
 * with a digit or two too many.
 */
const FEWEST_DIGITS_BEHIND_011 = 11;

/**
 * `00`, which most countries dial before a country code, or `011` of North America. libphonenumber
 * also knows those of the default country and its carriers.
 */
export function internationalPrefix(
	digits: string,
	defaultCountry?: CountryCode,
): string | undefined {
	if (/^00[1-9]/.test(digits)) return '00';
	if (!/^011[1-9]/.test(digits)) return undefined;
	const behind = digits.slice('011'.length);
	const isMeant = defaultCountry
		? behind.startsWith(getCountryCallingCode(defaultCountry))
		: behind.length >= FEWEST_DIGITS_BEHIND_011;
	return isMeant ? '011' : undefined;
}

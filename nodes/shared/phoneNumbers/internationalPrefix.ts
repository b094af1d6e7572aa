import { getCountryCallingCode, type CountryCode } from 'libphonenumber-js/max';

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

import {
	ParseError,
	parsePhoneNumberWithError,
	type CountryCode,
	type PhoneNumber,
} from 'libphonenumber-js/max';

/** What libphonenumber makes of digits, real or not, or its code for what is wrong with them. */
export function parseDigits(digits: string, defaultCountry?: CountryCode): PhoneNumber | string {
	try {
		return parsePhoneNumberWithError(digits, { defaultCountry, extract: false });
	} catch (error) {
		return error instanceof ParseError ? error.message : 'NOT_A_NUMBER';
	}
}

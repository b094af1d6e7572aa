import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** What the nodes know of a number when they ask about its calling hours. */
export function typeOf(e164: string) {
	return parsePhoneNumberFromString(e164)?.getType();
}

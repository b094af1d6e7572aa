import { validatePhoneNumberLength, type PhoneNumber } from 'libphonenumber-js/max';
import { addedSentences } from '../errors/addedSentences';
import type { CallError } from '../errors/callError';
import { invalidPhoneNumber } from '../errors/invalidPhoneNumber';
import type { NotOne } from './notOneNumber';

const LONGEST_QUOTE = 40;

type Explain = (values: { phoneNumber: string; country?: string }) => CallError;

/**
 * Why a cell is no phone number that can be called, in a sentence.
 *
 * @param reason its name among the errors, or a word of libphonenumber's
 * @param number the reading that comes closest
 */
export function notANumber(text: string, reason: string, number?: PhoneNumber): CallError {
	if (text === '') return invalidPhoneNumber.empty();
	const explain = explanationOf(text, reason, number);
	return explain({ phoneNumber: text.slice(0, LONGEST_QUOTE), country: number?.country });
}

/** No one can tell which of these real numbers is meant. */
export function ambiguous(text: string, rivals: readonly PhoneNumber[]): CallError {
	const error = invalidPhoneNumber.ambiguous({
		phoneNumber: text.slice(0, LONGEST_QUOTE),
		count: rivals.length > 2 ? 'several' : 'two',
		readings: rivals.map(withCountry).join(' or '),
	});
	const areAbroad = new Set(rivals.map(({ country }) => country)).size > 1;
	return areAbroad ? error.saying({ last: addedSentences.oneCountry() }) : error;
}

function withCountry(number: PhoneNumber): string {
	return `${number.formatInternational()} (${number.country ?? 'no country'})`;
}

/** The same refusal, and the foreign number that it may be meant to be. */
export function lacksPlus(refused: CallError, withPlus: PhoneNumber): CallError {
	return refused.saying({ last: addedSentences.withPlus({ number: withCountry(withPlus) }) });
}

/** Mexico dropped the 1 that was dialed before mobile numbers in 2019. */
const OLD_MEXICAN_MOBILE = /^(\+|00|011)?521\d{10}$/;

function explanationOf(text: string, reason: string, number?: PhoneNumber): Explain {
	if (isOurs(reason)) return invalidPhoneNumber[reason];
	if (/\p{L}/u.test(text)) return invalidPhoneNumber.letters;
	if (reason === 'INVALID_COUNTRY') {
		return text.startsWith('+')
			? invalidPhoneNumber.unknownCountryCode
			: invalidPhoneNumber.noCountry;
	}
	if (OLD_MEXICAN_MOBILE.test(text.replace(/[^+\d]/g, ''))) {
		return invalidPhoneNumber.oldMexicanMobile;
	}
	const length = number ? validatePhoneNumberLength(number.number) : reason;
	return BY_LENGTH[length ?? ''] ?? invalidPhoneNumber.notInUse;
}

function isOurs(reason: string): reason is NotOne | 'list' | 'object' {
	return reason in invalidPhoneNumber;
}

/** By libphonenumber's word. */
const BY_LENGTH: Record<string, Explain> = {
	TOO_SHORT: invalidPhoneNumber.tooShort,
	TOO_LONG: invalidPhoneNumber.tooLong,
	INVALID_LENGTH: invalidPhoneNumber.wrongLength,
	NOT_A_NUMBER: invalidPhoneNumber.unreadable,
};

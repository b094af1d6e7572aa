import { validatePhoneNumberLength, type PhoneNumber } from 'libphonenumber-js/max';
import { CallError } from '../callError';

const LONGEST_QUOTE = 40;

/**
 * Why a cell is no phone number that can be called, in a sentence.
 *
 * @param reason a word of this folder, or one of libphonenumber's
 * @param number the reading that comes closest
 */
export function notANumber(text: string, reason: string, number?: PhoneNumber): CallError {
	const [message, description] = explain(text, reason, number);
	const phoneNumber = text.slice(0, LONGEST_QUOTE) || undefined;
	return new CallError('invalidPhoneNumber', message, { description, phoneNumber });
}

/** Nobody can tell which of these real numbers is meant. */
export function ambiguous(text: string, rivals: readonly PhoneNumber[]): CallError {
	const phoneNumber = text.slice(0, LONGEST_QUOTE);
	const list = rivals.map(withCountry).join(' or ');
	const areAbroad = new Set(rivals.map(({ country }) => country)).size > 1;
	const hint = "If you call one country only, choose it under 'Allowed Countries' in the options.";
	return new CallError(
		'invalidPhoneNumber',
		`“${phoneNumber}” can be read as ${rivals.length > 2 ? 'several' : 'two'} different numbers`,
		{
			description: `It is ${list}. Write it with + and its country code, or as it is dialed inside its country.${areAbroad ? ` ${hint}` : ''}`,
			phoneNumber,
		},
	);
}

function withCountry(number: PhoneNumber): string {
	return `${number.formatInternational()} (${number.country ?? 'no country'})`;
}

/** The same refusal, and the foreign number that it may be meant to be. */
export function lacksPlus(refused: CallError, withPlus: PhoneNumber): CallError {
	const { message, details } = refused;
	return new CallError('invalidPhoneNumber', message, {
		...details,
		description: `${details.description} If it is ${withCountry(withPlus)}, write it with the +.`,
	});
}

function explain(text: string, reason: string, number?: PhoneNumber): [string, string] {
	const quoted = `“${text.slice(0, LONGEST_QUOTE)}”`;
	if (text === '') {
		return ['The phone number is empty', "Fill in 'Phone Number', or leave this item out."];
	}
	if (reason === 'LIST') {
		return [
			`${quoted} is a list, not one phone number`,
			'Let the expression choose one entry. For the first, put [0] behind it: {{ $json.phone[0] }}. To call all of them, split the list into items first.',
		];
	}
	if (reason === 'OBJECT') {
		return [
			`${quoted} is an object with several fields, not one phone number`,
			'Let the expression choose the field that holds the number, for example {{ $json.phone.value }}, or {{ $json.phone[0].value }} for the first of a list.',
		];
	}
	if (reason === 'DATE') {
		return [`${quoted} is a date or time, not a phone number`, 'Check which column it comes from.'];
	}
	if (reason === 'OTHER_ID') {
		return [
			`${quoted} looks like the number of a document or an ID, not like a phone number`,
			'Check which column it comes from.',
		];
	}
	if (reason === 'PLACEHOLDER') {
		return [
			`${quoted} is a placeholder, not a phone number`,
			'If it is a real number, write it with + and its country code.',
		];
	}
	if (reason === 'NO_DIGITS') {
		return [`${quoted} is not a phone number`, 'There are no digits in it.'];
	}
	if (reason === 'EXPRESSION') {
		return [
			`${quoted} is an expression that was not evaluated`,
			"Switch 'Phone Number' from Fixed to Expression.",
		];
	}
	if (reason === 'AMOUNT') {
		return [
			`${quoted} is an amount, not a phone number`,
			'A cell that begins with + or contains - may have been calculated. Format the column as text and enter the number again.',
		];
	}
	if (reason === 'ROUNDED') {
		return [
			`${quoted} is a phone number that the spreadsheet has rounded`,
			'Its last digits are lost. Format the column as text and enter the number again.',
		];
	}
	if (reason === 'FOOTNOTE') {
		return [
			`${quoted} contains a footnote mark or another number sign`,
			'Write the phone number without it.',
		];
	}
	if (reason === 'SEVERAL') {
		return [`${quoted} is more than one number`, 'Use an item of its own for each number.'];
	}
	if (reason === 'EXTENSION') {
		return [`${quoted} has an extension`, "PolyAI can't dial extensions. Use a direct number."];
	}
	if (/\p{L}/u.test(text)) {
		return [`${quoted} is not a phone number`, 'It contains letters. Write it with digits only.'];
	}
	if (reason === 'INVALID_COUNTRY') {
		return text.startsWith('+')
			? [`${quoted} doesn't start with a valid country code`, 'Check the digits after the +.']
			: [
					`${quoted} does not say which country it is in`,
					"Choose 'Default Country', or write the number with + and its country code, for example +44 20 7946 0018.",
				];
	}
	return explainDigits(text, quoted, reason, number);
}

/** Mexico dropped the 1 that was dialed before mobile numbers in 2019. */
const OLD_MEXICAN_MOBILE = /^(\+|00|011)?521\d{10}$/;

function explainDigits(
	text: string,
	quoted: string,
	reason: string,
	number?: PhoneNumber,
): [string, string] {
	const place = number?.country ? ` in ${number.country}` : '';
	if (OLD_MEXICAN_MOBILE.test(text.replace(/[^+\d]/g, ''))) {
		return [
			`There is no such number in MX: ${quoted}`,
			'Mexico no longer uses the 1 after 52. Leave it out.',
		];
	}
	const length = number ? validatePhoneNumberLength(number.number) : reason;
	if (length === 'TOO_SHORT') {
		return [`${quoted} is too short for a phone number${place}`, 'Check for missing digits.'];
	}
	if (length === 'TOO_LONG') {
		return [`${quoted} is too long for a phone number${place}`, 'Check for extra digits.'];
	}
	if (length === 'INVALID_LENGTH') {
		return [
			`${quoted} has too few or too many digits for a phone number${place}`,
			'Compare it with the number that it should be.',
		];
	}
	if (reason === 'NOT_A_NUMBER') {
		return [`${quoted} is not a phone number`, 'Check the cell that it comes from.'];
	}
	return [
		`There is no such number${place}: ${quoted}`,
		'Its length or its first digits are not in use there. Check it for typing errors and for the right country.',
	];
}

import { validatePhoneNumberLength, type PhoneNumber } from 'libphonenumber-js/max';
import { CallError } from '../callError';

const LONGEST_QUOTE = 40;

/** Why a text is no phone number that can be called, in a sentence. */
export function notANumber(text: string, problem: string, number?: PhoneNumber): CallError {
	const [message, description] = explain(text, problem, number);
	return new CallError('invalidPhoneNumber', message, {
		description,
		...(text && { phoneNumber: text.slice(0, LONGEST_QUOTE) }),
	});
}

function explain(text: string, problem: string, number?: PhoneNumber): [string, string] {
	const quoted = `“${text.slice(0, LONGEST_QUOTE)}”`;
	const place = number?.country ? ` in ${number.country}` : '';
	if (text === '') {
		return ['The phone number is empty', 'Fill in Phone Number, or leave this item out.'];
	}
	if (/^\d([.,]\d+)?e\+?\d+$/i.test(text)) {
		return [
			`${quoted} is a phone number that the spreadsheet has rounded`,
			'Its last digits are lost. Format the column as text and enter the number again.',
		];
	}
	if (problem === 'AMBIGUOUS') {
		return [
			`${quoted} can be read as two different numbers`,
			'Write it with + and its country code, or as it is dialled inside its country.',
		];
	}
	if (problem === 'SEVERAL') {
		return [`${quoted} is more than one number`, 'Use an item of its own for each number.'];
	}
	if (problem === 'EXTENSION') {
		return [`${quoted} has an extension`, 'PolyAI cannot dial extensions. Use a direct number.'];
	}
	if (/\p{L}/u.test(text)) {
		return [`${quoted} is not a phone number`, 'It has letters in it. Write it with digits only.'];
	}
	if (problem === 'INVALID_COUNTRY') {
		return text.startsWith('+')
			? [`${quoted} begins with no country’s code`, 'Check the digits after the +.']
			: [
					`${quoted} does not say which country it is in`,
					'Choose Default Country, or write the number with + and its country code, for example +44 20 7946 0018.',
				];
	}
	const length = number ? validatePhoneNumberLength(number.number) : problem;
	if (length === 'TOO_SHORT') {
		return [
			`${quoted} is too short for a phone number${place}`,
			'Check whether digits are missing.',
		];
	}
	if (length === 'TOO_LONG') {
		return [
			`${quoted} is too long for a phone number${place}`,
			'Check whether there are digits too many.',
		];
	}
	if (length === 'INVALID_LENGTH') {
		return [
			`${quoted} has too few or too many digits for a phone number${place}`,
			'Compare it with the number that it should be.',
		];
	}
	if (problem === 'NOT_A_NUMBER') {
		return [`${quoted} is not a phone number`, 'Check the cell that it comes from.'];
	}
	return [
		`There is no such number${place}: ${quoted}`,
		'Its length or its first digits are not in use there. Check it for typing errors and for the right country.',
	];
}

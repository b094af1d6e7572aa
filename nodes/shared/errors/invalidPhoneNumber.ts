import { errorsOf } from './errorsOf';

const ANOTHER_COLUMN = 'Check which column it comes from.';
const AS_TEXT = 'Format the column as text and enter the number again.';

export const invalidPhoneNumber = errorsOf('invalidPhoneNumber', {
	empty: ['The phone number is empty', "Fill in 'Phone Number', or leave this item out."],
	list: [
		'“{phoneNumber}” is a list, not one phone number',
		'Let the expression choose one entry. For the first, put [0] behind it: {{ $json.phone[0] }}. To call all of them, split the list into items first.',
	],
	object: [
		'“{phoneNumber}” is an object with several fields, not one phone number',
		'Let the expression choose the field that holds the number, for example {{ $json.phone.value }}, or {{ $json.phone[0].value }} for the first of a list.',
	],
	date: ['“{phoneNumber}” is a date or time, not a phone number', ANOTHER_COLUMN],
	otherId: [
		'“{phoneNumber}” looks like the number of a document or an ID, not like a phone number',
		ANOTHER_COLUMN,
	],
	placeholder: [
		'“{phoneNumber}” is a placeholder, not a phone number',
		'If it is a real number, write it with + and its country code.',
	],
	noDigits: [
		'“{phoneNumber}” is not a phone number',
		`There are no digits in it. ${ANOTHER_COLUMN}`,
	],
	expression: [
		'“{phoneNumber}” is an expression that was not evaluated',
		"Switch 'Phone Number' from Fixed to Expression.",
	],
	amount: [
		'“{phoneNumber}” is an amount, not a phone number',
		`A cell that begins with + or contains - may have been calculated. ${AS_TEXT}`,
	],
	rounded: [
		'“{phoneNumber}” is a phone number that the spreadsheet has rounded',
		`Its last digits are lost. ${AS_TEXT}`,
	],
	footnote: [
		'“{phoneNumber}” contains a footnote mark or another number sign',
		'Write the phone number without it.',
	],
	several: ['“{phoneNumber}” is more than one number', 'Use an item of its own for each number.'],
	extension: [
		'“{phoneNumber}” has an extension',
		"PolyAI can't dial extensions. Use a direct number.",
	],
	letters: [
		'“{phoneNumber}” is not a phone number',
		'It contains letters. Write it with digits only.',
	],
	unknownCountryCode: [
		"“{phoneNumber}” doesn't start with a valid country code",
		'Check the digits after the +.',
	],
	noCountry: [
		'“{phoneNumber}” does not say which country it is in',
		"Choose 'Default Country', or write the number with + and its country code, for example +44 20 7946 0018.",
	],
	oldMexicanMobile: [
		'There is no such number in MX: “{phoneNumber}”',
		'Mexico no longer uses the 1 after 52. Leave it out.',
	],
	tooShort: [
		'“{phoneNumber}” is too short for a phone number[ in {country}]',
		'Check for missing digits.',
	],
	tooLong: [
		'“{phoneNumber}” is too long for a phone number[ in {country}]',
		'Check for extra digits.',
	],
	wrongLength: [
		'“{phoneNumber}” has too few or too many digits for a phone number[ in {country}]',
		'Compare it with the number that it should be.',
	],
	unreadable: ['“{phoneNumber}” is not a phone number', 'Check the cell that it comes from.'],
	notInUse: [
		'There is no such number[ in {country}]: “{phoneNumber}”',
		'Its length or its first digits are not in use there. Check it for typos and for the right country.',
	],
	ambiguous: [
		'“{phoneNumber}” can be read as {count} different numbers',
		'It is {readings}. Write it with + and its country code, or as it is dialed inside its country.',
	],
});

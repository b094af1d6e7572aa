import { LABEL_AFTER, LABEL_BEFORE } from './labels';

const QUOTES = `'’‘\`"“”„«»‹›<>`;

/**
 * What is around and inside phone numbers without saying anything about them, in the order of
 * removal.
 */
const CLEANING: ReadonlyArray<[sign: RegExp, instead: string]> = [
	[/&nbsp;|&#160;/gi, ' '],
	[/^(%2B|&#43;|&plus;)/i, '+'],
	// Invisible: places where a line may be broken, and direction marks.
	[/[\u00ad\u200b\u2060\ufeff]/g, ' '],
	[/\p{Cf}/gu, ''],
	[/^="(.*)"$/, '$1'],
	[new RegExp(`^[\\s\\p{Cc}${QUOTES}]+|[\\s\\p{Cc}${QUOTES},;.|/]+$`, 'gu'), ''],
	[/^=(?=[+\d])/, ''],
	[/^TEL;[^:]*:/i, ''],
	[/^[\p{Extended_Pictographic}\p{RI}\ufe0f\s:•]+|[\p{Extended_Pictographic}\ufe0f\s]+$/gu, ''],
	[LABEL_BEFORE, ''],
	[LABEL_AFTER, ''],
	// What is written instead of a hyphen, in Japan, in tables and in links.
	[/(?<=\d)[ー─·・•_](?=[\d(])/g, '-'],
	[/^[-–—]\s+(?=[+(\d])/, ''],
	[/^[([]\s*\+\s*(\d+)\s*[)\]]/, '+$1 '],
	[/^\+\s*00\s*(?=[1-9])/, '+'],
	// Brazil's (0xx11) leaves open which carrier is dialed.
	[/^\(?0xx(\d\d)\)?/i, '($1) '],
	[/^([+0]\d+)\.0+$/, '$1'],
];

/**
 * The text of a phone number as a person would read it: digits of any script as 0 to 9, and without
 * what spreadsheets, web pages, CRMs and `tel:` links add to it (docs/design.md § 3, promise 0).
 */
export function cleanText(text: string): string {
	const cleaned = CLEANING.reduce(
		(rest, [sign, instead]) => rest.replace(sign, instead),
		withAsciiDigits(text.normalize('NFKC')),
	);
	return withContext(cleaned.trim());
}

/** `tel:7400123456;phone-context=+44` (RFC 3966): the context says what a number without plus lacks. */
function withContext(text: string): string {
	const [, number, context] = /^([^;]*);phone-context=([^;]*)$/i.exec(text) ?? [];
	if (number === undefined) return text;
	return context?.startsWith('+') && !number.startsWith('+') ? `${context} ${number}` : number;
}

function withAsciiDigits(text: string): string {
	return text.replace(/(?![0-9])\p{Nd}/gu, digitOf);
}

/**
 * Every script has its digits in ten consecutive places, 0 first; two of Myanmar's follow each
 * other.
 */
function digitOf(sign: string): string {
	const code = sign.codePointAt(0) ?? 0;
	let zero = code;
	while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
	return String((code - zero) % 10);
}

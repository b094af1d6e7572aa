import { KIND } from './cleanText';

/** Why a text is not the number of one person, whatever its digits could be read as. */
export type NotOne = 'FOOTNOTE' | 'DATE' | 'AMOUNT' | 'SEVERAL' | 'EXTENSION';

const TIME_BEHIND = String.raw`(?:[T\s,]+\d{1,2}:\d{2}.*)?$`;
const DAY = String.raw`(?:0?[1-9]|[12]\d|3[01])`;
const YEAR = String.raw`(?:19|20)\d\d`;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const DATES = [
	// 05.10.1986, 5/10/86, 10-5-1986
	String.raw`^${DAY}\s?([.\-/])\s?${DAY}\s?\1\s?(?:${YEAR}|\d\d)`,
	// 05 10 1986
	String.raw`^(?:0[1-9]|[12]\d|3[01]) (?:0[1-9]|1[0-2]) ${YEAR}`,
	// 2026-03-29, 1986/10/5
	String.raw`^${YEAR}([.\-/ ])(?:0?[1-9]|1[0-2])\1${DAY}`,
	// 5 October 1986, Oct 5, 1986
	String.raw`^(?:${DAY}[.\s\-]*(?:st|nd|rd|th)?\s*)?${MONTH}[.,\s\-]+(?:${DAY}(?:st|nd|rd|th)?[.,\s]+)?\d{2,4}`,
].map((shape) => new RegExp(shape + TIME_BEHIND, 'i'));

/** -30123456 and 1,234,567 */
const AMOUNT = /^[-−–—]|^\d{1,3}(,\d{3}){2,}$/;

const EXTENSION =
	/\d\W*(?:x|ext\w*|durchwahl|dw|poste|ramal|anexo|interno|доб\p{L}*|#|;ext=|,,)[\s.:=]*\d+\)?$/iu;

/** 030 123456 (1), 030 123456 [2], 030 123456* */
const FOOTNOTE = /[([{]\s*\d{1,2}\s*[)\]}]$|[*†‡§^]\s*\d*$/u;

const BETWEEN_TWO = [
	/[,;|&\r\n\t\v\f]/,
	/\d.*\+/s,
	new RegExp(
		String.raw`\d[^\p{L}\d]+(?:or|oder|and|und|ou|et|y|o|e|i|og|eller|of|en|lub|или|${KIND})[^\p{L}\d]+\d`,
		'iu',
	),
	// The first one of a list: 1. 030 123456. But "1. 212 555 0123" is American.
	/^\(?\d{1,2}[.)]\s+\(?[+0]/,
];

/** Superscript, circled and keycap digits, and fractions; cleaning makes digits of them. */
export const NUMBER_SIGN = /[\p{No}\u20e3]/u;

const PLAIN = /^\+?\d*$/;

/**
 * @param text as `cleanText` gives it
 * @param isRealNumber whether a text is somebody's number; asked about parts of unclear texts only
 */
export function notOneNumber(
	text: string,
	isRealNumber: (text: string) => boolean,
): NotOne | undefined {
	if (PLAIN.test(text)) return undefined;
	if (DATES.some((date) => date.test(text))) return 'DATE';
	if (AMOUNT.test(text)) return 'AMOUNT';
	if (EXTENSION.test(text)) return 'EXTENSION';
	if (FOOTNOTE.test(text)) return 'FOOTNOTE';
	if (BETWEEN_TWO.some((sign) => sign.test(text))) return 'SEVERAL';
	return isDividedBySlash(text, isRealNumber) || isTwoBySpace(text, isRealNumber)
		? 'SEVERAL'
		: undefined;
}

/**
 * 030/123456 has its area code before the slash, where 030 12345/12346 and 030 123456-7/-8 have a number.
 * Without plus and trunk zero, more than four digits may be a local number.
 */
function isDividedBySlash(text: string, isRealNumber: (text: string) => boolean): boolean {
	const [before, after, more] = text.split('/');
	if (before === undefined || after === undefined) return false;
	if (more !== undefined || isRealNumber(before)) return true;
	if (/^\W*[+0]/.test(before)) return false;
	return digitsOf(before).length > 4 || digitsOf(after).length < 5;
}

/** "0301234 0301235", and "030 12345 - 12346"; but 030 12345 - 67 is the number of a desk. */
function isTwoBySpace(text: string, isRealNumber: (text: string) => boolean): boolean {
	const gaps = text.matchAll(/\s(?=0)|\s{2,}|\s+[-–—]\s+/g);
	for (const { index, 0: gap } of gaps) {
		const before = text.slice(0, index);
		const after = text.slice(index + gap.length);
		if (digitsOf(before).length < 5 || digitsOf(after).length < 5) continue;
		if (isRealNumber(before) && (gap !== ' ' || isRealNumber(after))) return true;
	}
	return false;
}

function digitsOf(text: string): string {
	return text.replace(/\D/g, '');
}

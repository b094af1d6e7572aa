import { isDivided, type ReadPart } from './isDivided';
import { KIND } from './labels';

/** Why a text isn't the number of one person, whatever its digits could be read as. */
export type NotOne =
	| 'footnote'
	| 'date'
	| 'amount'
	| 'several'
	| 'extension'
	| 'expression'
	| 'noDigits'
	| 'placeholder'
	| 'otherId'
	| 'rounded';

const DAY = String.raw`(?:0?[1-9]|[12]\d|3[01])`;
const YEAR = String.raw`(?:19|20)\d\d`;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const TIME_BEHIND = String.raw`(?:[T\s,]+\d{1,2}[:.]\d{2}.*)?$`;
const DATES = [
	// 05.10.1986, 5/10/1986 8:30, 05.10. - 07.10.2024
	String.raw`(?<!\d)${DAY}\s?([.\-/])\s?${DAY}\s?\1\s?${YEAR}(?!\d)`,
	// 2026-03-29, 1986/10/5
	String.raw`(?<!\d)${YEAR}([.\-/])(?:0?[1-9]|1[0-2])\1${DAY}(?!\d)`,
	// 05.10.86, 05.10.86/07.10.86
	String.raw`^${DAY}([.\-/])${DAY}\1\d\d(?:$|[\s/\-]+${DAY}\1)|^${DAY}([.\-/])${DAY}\2\d\d${TIME_BEHIND}`,
	// 05 10 1986, 1986 10 05
	String.raw`^${DAY} ${DAY} ${YEAR}${TIME_BEHIND}|^${YEAR} (?:0?[1-9]|1[0-2]) ${DAY}${TIME_BEHIND}`,
	// 5 October 1986, Oct 5, 1986
	String.raw`^(?:${DAY}[.\s\-]*(?:st|nd|rd|th)?\s*)?${MONTH}[.,\s\-]+(?:${DAY}(?:st|nd|rd|th)?[.,\s]+)?\d{2,4}${TIME_BEHIND}`,
	// 1986-2024, 08.30-17.00, 20241005-083000
	String.raw`^${YEAR}\s?-\s?${YEAR}$|^\d{1,2}[.:]\d\d\s?-\s?\d{1,2}[.:]\d\d$`,
	String.raw`^${YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[\-T ]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?$`,
].map((shape) => new RegExp(shape, 'i'));

/** -30123456, 1,234,567, 20.345.678, $1,234.00 */
const AMOUNT = /^[-−]\s?\d+([.,]\d+)?$|^\d{1,3}(,\d{3}){2,}$|^\d{1,2}(\.\d{3}){2,}$|[$€£¥₹]/;

const EXPONENT = /^\+?\d([.,]\d+)?e\+?\d\d$/i;

/** 2024-000123 of an invoice, 119.956.789-09 of a person. */
const OTHER_ID = /^(?:19|20)\d\d[-/ ]0\d{2}[ \d]{2,}$|^\d{1,3}(\.\d{3}){2}-[\dk]{1,2}$/i;

const EXTENSION_WORD =
	'x|ext\\p{L}*|durchwahl|dw|nst|app|poste|ramal|anexo|interno|int|toestel|wew|доб\\p{L}*|内线|转|#|,,';
const EXTENSION = new RegExp(
	String.raw`\d[^\p{L}\d#,]*(?:${EXTENSION_WORD})[\s.:=\-]*\d+[)\]]?$`,
	'iu',
);

/** 030 123456 (1), 030 123456 [2], 030 123456* */
const FOOTNOTE = /[([{]\s*\d{1,2}\s*[)\]}]$|\d\s*[*†‡§^]+\s*\d*$/u;

const BETWEEN_TWO = [
	/\d\D*(?:[,;|&\r\n\t\v\f~〜～]|:::)\D*\d/u,
	/\d.*\+/s,
	new RegExp(
		String.raw`\d[^\p{L}\d]+(?:or|oder|and|und|ou|et|y|o|e|i|og|eller|of|en|lub|или|${KIND})[^\p{L}\d]+\d`,
		'iu',
	),
];

/** 1234567890, 99999999: what people enter when a field must not be empty. */
const PLACEHOLDER = /^0?1?2345678(?:9?|90)$|^0?(\d)\1{7,}$/;

/** Superscript, circled and keycap digits, and fractions; cleaning makes digits of them. */
export const NUMBER_SIGN = /[\p{No}\u20e3]/u;

const HYPHENS = /[\p{Pd}\u2212]/gu;
const AROUND_DATES = /^[([]|[)\]-]+$/g;

/** @param text as `cleanText` gives it */
export function notOneNumber(text: string, readPart: ReadPart): NotOne | undefined {
	if (text === '' || /^\+\d+$/.test(text)) return undefined;
	if (text.includes('{{')) return 'expression';
	if (!/\d/.test(text)) return 'noDigits';
	const hyphenated = text.replace(HYPHENS, '-').replace(AROUND_DATES, '');
	const isDate = !text.startsWith('+') && DATES.some((date) => date.test(hyphenated));
	if (isDate) return 'date';
	if (PLACEHOLDER.test(text.replace(/[\s().-]/g, ''))) return 'placeholder';
	if (/^\d+$/.test(text)) return undefined;
	if (EXPONENT.test(text)) return 'rounded';
	if (AMOUNT.test(text)) return 'amount';
	if (OTHER_ID.test(hyphenated)) return 'otherId';
	if (EXTENSION.test(text)) return 'extension';
	if (FOOTNOTE.test(text)) return 'footnote';
	if (BETWEEN_TWO.some((sign) => sign.test(text))) return 'several';
	return isDivided(text, readPart) ? 'several' : undefined;
}

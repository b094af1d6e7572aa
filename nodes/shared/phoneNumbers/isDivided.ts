import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import { groupsOf } from './readings';

/**
 * Reads a part of a text, in another country if one is given; undefined if it isn't a real number.
 */
export type ReadPart = (part: string, country?: CountryCode) => PhoneNumber | undefined;

/** Fewer digits are the end of a number, not a number. */
const FEWEST_DIGITS = 5;

/** Where people write -58 after a number to reach desk 58 directly, and dial all of it. */
const DESK_NUMBERS = ['AT', 'DE'];

const HYPHENS = /[\p{Pd}\u2212]/gu;
const DASH = /^\s?[\p{Pd}\u2212]\s?$/u;
const ENDINGS = /^\d{1,2}(\s?[\p{Pd}\u2212]\s?\d{1,2})*$/u;

const ORDINARY_GAP = /^[\s.\-/\u2010\u2011\u2013\u2212]$/;

/**
 * Whether a text is two numbers, or a number and something before it, though only the usual separators
 * stand between its digits: "0301234 0301235", "030 12345 - 12346", "030 12345/6", "2) 030 1234567".
 */
export function isDivided(text: string, readPart: ReadPart): boolean {
	const gaps = [...text.matchAll(/(?<=\d)\D+(?=\d)/g)];
	const hasDivision = gaps.some(({ index, 0: gap }) => {
		const parts = { head: text.slice(0, index), gap, tail: text.slice(index + gap.length) };
		return [isListNumber, isDividedBySlash, isNumberAndNumber, isRange].some((divides) =>
			divides(parts, readPart),
		);
	});
	return hasDivision && !isGroupedAsOne(text, readPart);
}

/** +352-23-44-22-7 has the groups in which Luxembourg writes one number. */
function isGroupedAsOne(text: string, readPart: ReadPart): boolean {
	const whole = text.includes('/') ? undefined : readPart(text);
	if (!whole) return false;
	return [whole.formatNational(), whole.formatInternational()]
		.map(groupsOf)
		.includes(groupsOf(text));
}

interface Parts {
	head: string;
	/** What stands between. */
	gap: string;
	tail: string;
}

/** The 2 of "2) 030 1234567" isn't part of the number, though together they may be another one. */
function isListNumber({ head, gap, tail }: Parts, readPart: ReadPart): boolean {
	const isSetOff = /^[1-9]\d?$/.test(head) && /^[.)]{1,2}\s/.test(gap);
	const isBeforeZero = /^\(?[1-9]\d?$/.test(head) && tail.startsWith('0');
	if (!isSetOff && !isBeforeZero) return false;
	const alone = readPart(tail)?.number;
	// "1. 212 555 0123" is the same number in America with and without the 1.
	return (isSetOff || alone !== undefined) && alone !== readPart(head + gap + tail)?.number;
}

/**
 * 030/123456 has its area code before the slash, where 030 12345/12346 has a number. Without plus and
 * trunk zero, more than four digits may be a local number.
 */
function isDividedBySlash({ head, gap, tail }: Parts, readPart: ReadPart): boolean {
	if (!gap.includes('/')) return false;
	if (readPart(head)) return true;
	if (head.includes('/') || /^\W*[+0]/.test(head)) return false;
	return countDigits(head) > 4 || countDigits(tail) < FEWEST_DIGITS;
}

function isNumberAndNumber({ head, gap, tail }: Parts, readPart: ReadPart): boolean {
	if (countDigits(head) < FEWEST_DIGITS || countDigits(tail) < FEWEST_DIGITS) return false;
	const isOrdinary = ORDINARY_GAP.test(gap);
	if (isOrdinary && !tail.startsWith('0')) return false;
	const first = readPart(head);
	return first !== undefined && (!isOrdinary || readPart(tail, first.country) !== undefined);
}

/** 02-555-1234-5 and 030 12345-46-47 name several lines; 011/123-45-67 is written in groups. */
function isRange({ head, gap, tail }: Parts, readPart: ReadPart): boolean {
	if (!DASH.test(gap) || !ENDINGS.test(tail)) return false;
	const isOneDigit = tail.length === 1;
	if (!isOneDigit && /-\d\d$/.test(head.replace(HYPHENS, '-').replace(/ /g, ''))) return false;
	const number = readPart(head) ?? (isOneDigit ? readPart(head + gap + tail) : undefined);
	if (!number) return false;
	return /\D/.test(tail) || !DESK_NUMBERS.includes(number.country ?? '');
}

function countDigits(text: string): number {
	return text.replace(/\D/g, '').length;
}

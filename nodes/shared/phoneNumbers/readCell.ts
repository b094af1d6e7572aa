import { isRecord } from '../isRecord';
import { parseJson } from '../parseJson';
import { notANumber } from './notANumber';

/** What a cell holds, before it's read as a phone number. */
export interface Cell {
	text: string;
	/**
	 * It comes from a table or an expression as a number, which keeps no plus and no leading zeros.
	 * So it doesn't show how the phone number was written.
	 */
	isNumeric: boolean;
}

/**
 * Reads a cell as it comes from a spreadsheet, a database, a form or an AI Agent. A list of one is
 * its element, and an object with one value is that value; both may come as JSON text.
 *
 * @throws CallError `invalidPhoneNumber` for a longer list, an object, a date, an amount, and a
 * rounded number
 */
export function readCell(cell: unknown): Cell {
	if (cell === null || cell === undefined) return { text: '', isNumeric: false };
	if (typeof cell === 'string') return readText(cell.trim());
	if (typeof cell === 'number' || typeof cell === 'bigint') return readNumeric(String(cell));
	if (Array.isArray(cell)) return readList(cell);
	if (isDate(cell)) throw notANumber(String(cell), 'date');
	if (isRecord(cell)) return readObject(cell);
	return { text: String(cell), isNumeric: false };
}

/** Numbers as text: `442079460018.0`, and `4.42079460018E11` as many programs write long ones. */
const NUMERIC_TEXT = /^[1-9]\d*\.0+$|^\+?\d([.,]\d+)?e\+?\d\d$|^\d[.,]\d+e\+?\d$/i;
const JSON_TEXT = /^(\[.*\]|\{.*\})$/s;

/** Longer texts aren't phone numbers, and take long to check. */
const LONGEST_TEXT = 300;

function readText(text: string): Cell {
	if (text === '[object Object]') throw notANumber(text, 'object');
	if (text.length > LONGEST_TEXT) throw notANumber(text, 'NOT_A_NUMBER');
	if (NUMERIC_TEXT.test(text)) return readNumeric(text);
	// "[mobile] 07400 123456" looks like JSON and isn't.
	const parsed = JSON_TEXT.test(text) && parseJson(text);
	return parsed ? readCell(parsed) : { text, isNumeric: false };
}

function readList(list: unknown[]): Cell {
	if (list.length > 1) throw notANumber(asJson(list), 'list');
	return readCell(list[0]);
}

/** Empty fields don't count. */
function readObject(object: Record<string, unknown>): Cell {
	const values = Object.values(object).filter((value) => value != null && value !== '');
	const [value] = values;
	const isOne = values.length < 2 && (!isRecord(value) || isDate(value));
	if (!isOne) throw notANumber(asJson(object), 'object');
	return readCell(value);
}

/** For a message. n8n's values may contain themselves, or numbers that JSON can't express. */
function asJson(value: object): string {
	try {
		return JSON.stringify(value);
	} catch {
		return String(value);
	}
}

/** Expressions give JavaScript's dates, or those of Luxon. */
function isDate(value: object): boolean {
	return (
		value instanceof Date || typeof (value as { toISODate?: unknown }).toISODate === 'function'
	);
}

/**
 * A program that shortens a long number (Excel shows 442079460018 as 4.42079E+11) leaves zeros
 * where digits were. Only one real phone number in 100,000 ends in that many zeros.
 */
const ROUNDED = /^\d{6,}0{5}$/;
/**
 * With an exponent, fewer zeros are enough: a program that doesn't round writes all digits, and one
 * that does keeps six at most.
 */
const FEWEST_ZEROS_BEHIND_AN_EXPONENT = 2;
const MOST_DIGITS_OF_A_ROUNDED = 6;
/** Spreadsheets keep 15 digits of a number. */
const MOST_DIGITS = 15;

function readNumeric(written: string): Cell {
	const text = written.replace(/\.0+$/, '');
	if (!/\d/.test(text)) return { text, isNumeric: false };
	const digits = /e/i.test(text) ? withoutExponent(text) : text;
	if (!/^\d+$/.test(digits)) throw notANumber(text, 'amount');
	if (ROUNDED.test(digits) || digits.length > MOST_DIGITS) throw notANumber(text, 'rounded');
	return { text: digits, isNumeric: true };
}

/** 4.42079460018E11 as 442079460018. */
function withoutExponent(text: string): string {
	const [mantissa = '', exponent] = text.replace(/^\+/, '').split(/e\+?/i);
	const significant = mantissa.replace(/[.,]/, '');
	const zeros = Number(exponent) - significant.length + 1;
	const isRounded = zeros >= FEWEST_ZEROS_BEHIND_AN_EXPONENT;
	if (isRounded || significant.length <= MOST_DIGITS_OF_A_ROUNDED)
		throw notANumber(text, 'rounded');
	return zeros < 0 ? text : significant + '0'.repeat(zeros);
}

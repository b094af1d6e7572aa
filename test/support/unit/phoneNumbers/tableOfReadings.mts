import {
	getCountryCallingCode,
	parsePhoneNumberFromString,
	type CountryCode,
	type PhoneNumber,
} from 'libphonenumber-js/max';
import type { CallError } from '../../../../nodes/shared/errors/callError.ts';
import type { UnderstoodNumber } from '../../../../nodes/shared/phoneNumbers/understandNumber.ts';
import { seededRandom } from '../../../simulator/random.mts';
import { COUNTRIES, KINDS, randomNumbers, type Kind } from './randomNumbers.mts';
import { understood } from './understood.mts';
import { WAYS, type Cell, type Pick } from './waysToWrite.mts';

/** How the cells in one way of writing were read. */
export interface Row {
	way: string;
	asked: number;
	right: number;
	refused: number;
	/** Of those refused, for being outside the allowed countries. */
	keptOut: number;
	/** The first documented exception: read as a bare mobile number of the default country. */
	bareMobiles: number;
	/** The second one: the intended number is outside the allowed countries. */
	outsideAllowed: number;
	/** Letter for letter how the default country writes another number. */
	ownWriting: number;
	/** Another person's phone rings. */
	strangers: number;
	/** The strangers, for inspection. */
	examples: string[];
	/** Messages that give another reason for a refusal than the way asks for. */
	otherReasons: string[];
}

export interface Table {
	title: string;
	numbersPerCountry: number;
	/** Whether 'Allowed Countries' is limited to the default country. */
	allowsOwnOnly?: boolean;
}

/** Those of docs/phone-numbers.md. */
export const TABLES: readonly Table[] = [
	{ title: 'All countries allowed', numbersPerCountry: 200 },
	{ title: 'Only the default country allowed', numbersPerCountry: 40, allowsOwnOnly: true },
];

/** Where users of this package are, among them all whose international prefixes are unusual. */
const DEFAULT_COUNTRIES = (
	'US CA JM GB IE DE AT CH FR BE NL IT ES PT GR PL CZ HU SE NO DK FI EE RU UA TR IL AE ZA NG KE EG IN PK ' +
	'BD CN HK SG JP KR TH VN ID PH MY AU NZ BR MX AR CO CL PE CU'
).split(' ') as CountryCode[];

const SHARES: Record<Kind, number> = { mobile: 0.4, landline: 0.4, other: 0.2 };

export function tableOfReadings({ numbersPerCountry, allowsOwnOnly }: Omit<Table, 'title'>): Row[] {
	const random = seededRandom(1);
	const pick: Pick = (list) => list[Math.floor(random() * list.length)]!;
	const rows = WAYS.map(({ name }) => emptyRow(name));
	for (const number of numbersOfAllCountries(numbersPerCountry)) {
		const country = pick(DEFAULT_COUNTRIES);
		WAYS.forEach((way, index) => {
			for (const cell of way.write(number, country, pick)) {
				const allowed = allowsOwnOnly ? [cell.country] : [];
				count(rows[index]!, cell, number, allowed, way.refusedAs);
			}
		});
	}
	return rows;
}

function* numbersOfAllCountries(perCountry: number): Generator<PhoneNumber> {
	for (const country of COUNTRIES) {
		for (const kind of KINDS) {
			const numbers = randomNumbers(country, kind, perCountry * SHARES[kind]);
			yield* numbers.filter((number) => isWrittenOneWay(number, country));
		}
	}
}

/** Gabon's old numbers have no zero, and are written like the new ones that have it. */
function isWrittenOneWay(number: PhoneNumber, country: CountryCode): boolean {
	return parsePhoneNumberFromString(number.formatNational(), country)?.number === number.number;
}

function emptyRow(way: string): Row {
	const answers = { right: 0, refused: 0, keptOut: 0, strangers: 0 };
	const exceptions = { bareMobiles: 0, outsideAllowed: 0, ownWriting: 0 };
	return { way, asked: 0, ...answers, ...exceptions, examples: [], otherReasons: [] };
}

function count(
	row: Row,
	cell: Cell,
	meant: PhoneNumber,
	allowedCountries: string[],
	reason = '',
): void {
	const called = understoodOrNot(cell, allowedCountries);
	const isMeantAllowed = allowedCountries.length === 0 || meant.country === cell.country;
	row.asked++;
	if ('code' in called) {
		row.refused++;
		if (called.code === 'notAllowed') row.keptOut++;
		if (!called.message.includes(reason)) row.otherReasons.push(called.message);
	} else if (called.phoneNumber === meant.number && !reason) row.right++;
	else if (isBareMobile(cell, called)) row.bareMobiles++;
	else if (isOwnWriting(cell, called)) row.ownWriting++;
	else if (!isMeantAllowed) row.outsideAllowed++;
	else {
		row.strangers++;
		row.examples.push(`${JSON.stringify(cell)}: not ${meant.number}, ${called.phoneNumber} called`);
	}
}

function understoodOrNot(
	{ cell, country }: Cell,
	allowedCountries: string[],
): UnderstoodNumber | CallError {
	try {
		return understood(cell, country, { allowPremium: true, allowedCountries });
	} catch (error) {
		const refusal = error as CallError;
		if (['invalidPhoneNumber', 'notAllowed'].includes(refusal.code)) return refusal;
		throw error;
	}
}

function isBareMobile({ cell, country }: Cell, called: UnderstoodNumber): boolean {
	const bare = `+${getCountryCallingCode(country)}${digitsOf(cell)}`;
	return (
		called.country === country &&
		['MOBILE', 'FIXED_LINE_OR_MOBILE'].includes(called.numberType ?? '') &&
		called.phoneNumber === bare
	);
}

/** The default country's own writing, and `00` before its code: clear (docs/design.md § 3, promise 0). */
function isOwnWriting({ cell, country }: Cell, called: UnderstoodNumber): boolean {
	if (typeof cell !== 'string') return false;
	const ownWithZeros = `00${getCountryCallingCode(country)}`;
	const national = digitsOf(called.nationalFormat);
	return (
		[national, `0${national}`].includes(digitsOf(cell)) ||
		(digitsOf(cell).startsWith(ownWithZeros) &&
			called.phoneNumber === `+${digitsOf(cell).slice(2)}`)
	);
}

function digitsOf(cell: unknown): string {
	const isExponential = typeof cell === 'string' && cell.includes('e+');
	return String(isExponential ? Number(cell) : cell).replace(/\D/g, '');
}

/** The table as docs/phone-numbers.md shows it. */
export function asMarkdown(rows: readonly Row[]): string {
	const columns = [
		['asked', 'asked'],
		['right', 'right'],
		['refused', 'refused'],
		['stranger', 'strangers'],
		['read as a bare mobile', 'bareMobiles'],
		['meant one not allowed', 'outsideAllowed'],
		['as the default country writes it', 'ownWriting'],
	] as const;
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [
		line(['written', ...columns.map(([title]) => title)]),
		line(['---', ...columns.map(() => '--:')]),
		...rows.map((row) =>
			line([row.way, ...columns.map(([, name]) => row[name].toLocaleString('en-US'))]),
		),
	].join('\n');
}

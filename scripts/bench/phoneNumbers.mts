import {
	parsePhoneNumberFromString,
	type CountryCode,
	type PhoneNumber,
} from 'libphonenumber-js/max';
import { understandNumber } from '../../nodes/shared/phoneNumbers/understandNumber.ts';

/** CPU time for one phone number, in microseconds. */
export interface NumberCost {
	written: string;
	/** With every reading of the cell. */
	ours: number;
	/** What libphonenumber takes for the same fields, without asking what else the cell could mean. */
	libphonenumber: number;
}

const CELLS: Record<string, Array<[cell: string | number, country: CountryCode]>> = {
	'with +': [
		['+44 20 7946 0018', 'GB'],
		['+4915123456789', 'DE'],
		['+12125550123', 'US'],
		['+33142685300', 'FR'],
	],
	'national format': [
		['020 7946 0018', 'GB'],
		['0151 23456789', 'DE'],
		['(212) 555-0123', 'US'],
		['01 42 68 53 00', 'FR'],
	],
	'numeric cell': [
		[2079460018, 'GB'],
		[15123456789, 'DE'],
		[2125550123, 'US'],
		[142685300, 'FR'],
	],
	'with 00': [
		['0044 20 7946 0018', 'DE'],
		['0049 151 23456789', 'FR'],
		['0012125550123', 'GB'],
		['0033142685300', 'IT'],
	],
};

const NUMBERS_PER_ROUND = 4_000;
const ROUNDS = 9;

export function measurePhoneNumbers(): NumberCost[] {
	return Object.entries(CELLS).map(([written, cells]) => {
		const rounds = Array.from({ length: ROUNDS }, () => [
			cpuPerNumber(cells, understand),
			cpuPerNumber(cells, readWithLibphonenumber),
		]);
		// The first round warms up.
		const [ours = 0, libphonenumber = 0] = [0, 1].map((one) =>
			median(rounds.slice(1).map((round) => round[one]!)),
		);
		return { written, ours, libphonenumber };
	});
}

function cpuPerNumber(
	cells: ReadonlyArray<[string | number, CountryCode]>,
	read: (cell: string | number, country: CountryCode) => unknown,
): number {
	const before = process.cpuUsage();
	for (let one = 0; one < NUMBERS_PER_ROUND; one++) read(...cells[one % cells.length]!);
	const { user, system } = process.cpuUsage(before);
	return (user + system) / NUMBERS_PER_ROUND;
}

function understand(cell: string | number, defaultCountry: CountryCode) {
	const rules = { numberCheck: 'valid', allowPremium: false, allowedCountries: [] } as const;
	return understandNumber(cell, { ...rules, defaultCountry });
}

function readWithLibphonenumber(cell: string | number, country: CountryCode) {
	const number = parsePhoneNumberFromString(String(cell), country) as PhoneNumber;
	return [
		...[number.isValid(), number.getType(), number.number, number.country],
		...[number.formatNational(), number.formatInternational()],
	];
}

function median(values: number[]): number {
	return values.sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

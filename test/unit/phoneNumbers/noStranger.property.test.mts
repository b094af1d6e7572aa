import { readFileSync } from 'node:fs';
import {
	asMarkdown,
	tableOfReadings,
	TABLES,
	type Row,
} from '../../support/unit/phoneNumbers/tableOfReadings.mts';
import { WAYS } from '../../support/unit/phoneNumbers/waysToWrite.mts';

/** `NUMBERS_PER_COUNTRY=2000 npx jest noStranger.property` asks for more than the tables of the docs. */
const { NUMBERS_PER_COUNTRY } = process.env;

/** Of bare mobile numbers in numeric cells, which are what most spreadsheets hold. */
const FEWEST_BARE_MOBILES = 0.97;

describe.each(TABLES)('numbers of every country, in every way of writing: $title', (table) => {
	const perCountry = Number(NUMBERS_PER_COUNTRY ?? table.numbersPerCountry);
	let rows: Row[];

	beforeAll(() => {
		rows = tableOfReadings({ ...table, numbersPerCountry: perCountry });
		console.log(`${table.title}\n\n${asMarkdown(rows)}`);
	}, 3_600_000);

	const rowOf = (way: string) => rows.find((row) => row.way === way)!;

	test.each(WAYS.map(({ name }) => name))('no stranger is called: %s', (way) => {
		const { asked, examples, strangers } = rowOf(way);
		expect(asked).toBeGreaterThan(perCountry * 80);
		expect(examples).toEqual([]);
		expect(strangers).toBe(0);
	});

	test.each(WAYS.filter(({ isClear }) => isClear).map(({ name }) => name))(
		'everybody is understood: %s',
		(way) => {
			const { asked, right, keptOut } = rowOf(way);
			expect(right + keptOut).toBe(asked);
		},
	);

	test.each(WAYS.filter(({ refusedAs }) => refusedAs).map(({ name }) => name))(
		'it is refused with the true reason: %s',
		(way) => {
			const { asked, refused, otherReasons } = rowOf(way);
			expect(otherReasons).toEqual([]);
			expect(refused).toBe(asked);
		},
	);

	test('mobile numbers that lost their trunk prefix in a numeric cell are understood', () => {
		const { asked, right } = rowOf('mobile, trunk prefix lost, numeric cell');
		expect(right / asked).toBeGreaterThanOrEqual(FEWEST_BARE_MOBILES);
	});

	test('docs/phone-numbers.md shows the table (npm run docs:numbers writes it)', () => {
		const page = readFileSync('docs/phone-numbers.md', 'utf8');
		expect(page).toContain(NUMBERS_PER_COUNTRY ? table.title : asMarkdown(rows));
	});
});

/**
 * Writes the tables of docs/phone-numbers.md: how random numbers of every country, written in every
 * way, are read. The unit tests check that they are up to date.
 *
 *     npm run docs:numbers
 */
import { readFileSync, writeFileSync } from 'node:fs';
import {
	asMarkdown,
	tableOfReadings,
	TABLES,
} from '../test/support/unit/phoneNumbers/tableOfReadings.mts';

const PAGE = 'docs/phone-numbers.md';

const page = TABLES.reduce(
	(text, table) => {
		const heading = `### ${table.title}\n\n`;
		const start = text.indexOf(heading) + heading.length;
		const end = text.indexOf('\n\n', text.indexOf('| written', start));
		return text.slice(0, start) + asMarkdown(tableOfReadings(table)) + text.slice(end);
	},
	readFileSync(PAGE, 'utf8'),
);
writeFileSync(PAGE, page);
console.log(`Wrote ${PAGE}.`);

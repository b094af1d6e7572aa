/**
 * Writes the two tables of nodes/shared/callingHours: which time zones a country has, and which ones a phone number's
 * first digits mean.
 *
 *     npm run data:time-zones             writes the files
 *     npm run data:time-zones -- --check  fails if a file is not what the sources give, or a correction is wrong
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { findMistakes, staleClocks, type Table } from './timeZones/check.mts';
import { GOOGLES_LIST, readSources } from './timeZones/sources.mts';
import { countryTable, prefixTable } from './timeZones/tables.mts';

const FOLDER = resolve('nodes/shared/callingHours');

const sources = readSources();
const files = [
	{ path: `${FOLDER}/prefixTimeZones.json`, text: prefixTable(sources) },
	{ path: `${FOLDER}/countryTimeZones.json`, text: countryTable(sources) },
];
const summary = `${GOOGLES_LIST} and tz database ${sources.tz.version}`;

if (!process.argv.includes('--check')) {
	for (const { path, text } of files) writeFileSync(path, text);
	console.log(`Wrote the time zones of ${summary}.`);
}

const [prefixes, countries] = files.map(({ text }) => JSON.parse(text) as Table) as [Table, Table];
const outdated = files
	.filter(({ path, text }) => readFileSync(path, 'utf8') !== text)
	.map(({ path }) => `${path} is not what ${summary} give. Run: npm run data:time-zones`);
const mistakes = [...outdated, ...findMistakes(sources.tz, { prefixes, countries })];
for (const mistake of mistakes) console.error(mistake);
if (mistakes.length > 0) process.exitCode = 1;
else console.log(`The time zones and their corrections are right by ${summary}.`);

// No fault of the package's: people get the clocks of the Node.js that runs their n8n.
const stale = staleClocks(sources.tz, { prefixes, countries }, Date.now());
if (stale.length > 0) {
	console.log(
		`This Node.js (tz database ${process.versions.tz}) has older clocks for ${stale.join(', ')}.`,
	);
}

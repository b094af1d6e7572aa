/**
 * Writes the two tables of nodes/shared/callingHours: which time zones a country has, and which
 * ones a phone number's first digits mean.
 *
 *     npm run data:time-zones             writes the files
 *     npm run data:time-zones -- --check  fails if a file isn't what the sources give, or a correction is wrong
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { findMistakes, outdatedClocks, type Table } from './timeZones/check.mts';
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

const tables = files.map(({ text }) => JSON.parse(text) as Table) as [Table, Table];
const differing = files
	.filter(({ path, text }) => readFileSync(path, 'utf8') !== text)
	.map(({ path }) => `${path} is not what ${summary} give. Run: npm run data:time-zones`);
const mistakes = [...differing, ...findMistakes(sources.tz, ...tables)];
for (const mistake of mistakes) console.error(mistake);
if (mistakes.length > 0) process.exitCode = 1;
else console.log(`The time zones and their corrections agree with ${summary}.`);

// Nothing that this package could put right: n8n has the clocks of the Node.js that runs it.
const outdated = outdatedClocks(sources.tz, tables, Date.now());
if (outdated.length > 0) {
	console.log(
		`Node.js ${process.version} (tz database ${process.versions.tz}) has outdated clocks for ${outdated.join(', ')}.`,
	);
}

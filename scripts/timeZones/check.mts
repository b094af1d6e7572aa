/** What CI says about the corrections and the zones in use. */
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

import {
	COUNTRY_CORRECTIONS,
	PREFIX_CORRECTIONS,
	type Correction,
} from '../../nodes/shared/callingHours/timeZoneCorrections.ts';
import type { TzDatabase } from './sources.mts';

export type Table = Record<string, string>;

export interface Tables {
	prefixes: Table;
	countries: Table;
}

/** Sentences about what has to be put right; none if all is well. */
export function findMistakes(tz: TzDatabase, tables: Tables): string[] {
	return [
		...foreignZones(tz, tables.prefixes),
		...zonesInUse(tables)
			.filter((zone) => tz.offsetAt(zone, 0) === undefined)
			.map((zone) => `The tz database has no ${zone}.`),
		...unneeded(tz, PREFIX_CORRECTIONS, (prefix) => longestMatch(tables.prefixes, prefix)),
		...unneeded(tz, COUNTRY_CORRECTIONS, (country) => unpack(tables.countries).get(country)),
		...getCountries()
			.filter((country) => !unpack(tables.countries).has(country))
			.filter((country) => !COUNTRY_CORRECTIONS.some(({ of }) => of.split(' ').includes(country)))
			.map((country) => `No time zone is known for the country ${country}.`),
		...unknownAreaCodes(tables.prefixes),
	];
}

/** A zone of another country's time, such as Google's Bucharest for Kaliningrad. */
function foreignZones(tz: TzDatabase, table: Table): string[] {
	const listed = new Map(unpack(table));
	for (const { of, zones } of PREFIX_CORRECTIONS)
		for (const prefix of of.split(' ')) listed.set(prefix, zones);
	return [...listed].flatMap(([prefix, zones]) => {
		const clocks = new Set(countriesOf(prefix).flatMap((country) => clocksOf(tz, country)));
		if (clocks.size === 0) return [];
		return zones
			.filter((zone) => !clocks.has(tz.clockOf(zone)))
			.map(
				(zone) =>
					`+${prefix} is in ${zone}, which is not the time of ${countriesOf(prefix).join(', ')}.`,
			);
	});
}

function clocksOf(tz: TzDatabase, country: string): string[] {
	const corrected = COUNTRY_CORRECTIONS.find(({ of }) => of.split(' ').includes(country))?.zones;
	return [...(tz.zonesOf.get(country) ?? []), ...(corrected ?? [])].map((zone) => tz.clockOf(zone));
}

/** The countries of a calling code; of an area code of the North American plan the one country. */
function countriesOf(prefix: string): string[] {
	if (prefix.startsWith('1') && !isOfNoArea(prefix)) {
		const country = countryOfAreaCode(prefix.slice(1, 4))?.country;
		return country ? [country] : [];
	}
	return getCountries().filter((country) => prefix.startsWith(getCountryCallingCode(country)));
}

function isOfNoArea(prefix: string): boolean {
	return PREFIX_CORRECTIONS.slice(0, 2).some(({ of }) => of.split(' ').includes(prefix));
}

/** A correction that says what the lists say by now. */
function unneeded(
	tz: TzDatabase,
	corrections: readonly Correction[],
	listed: (key: string) => readonly string[] | undefined,
): string[] {
	return corrections.flatMap(({ of, zones }) =>
		of
			.split(' ')
			.filter((key) => sameClocks(tz, listed(key), zones))
			.map(
				(key) => `The correction of ${key} is no longer needed: the list says the same. Remove it.`,
			),
	);
}

function sameClocks(
	tz: TzDatabase,
	some: readonly string[] = [],
	others: readonly string[],
): boolean {
	const clocks = (zones: readonly string[]) =>
		[...new Set(zones.map((zone) => tz.clockOf(zone)))].sort().join('|');
	return clocks(some) === clocks(others);
}

/** Area codes that libphonenumber has, and that neither Google's list of zones nor a correction names. */
function unknownAreaCodes(table: Table): string[] {
	const known = new Set([
		...unpack(table).keys(),
		...PREFIX_CORRECTIONS.flatMap(({ of }) => of.split(' ')),
	]);
	return Array.from({ length: 800 }, (_, code) => String(code + 200))
		.filter((code) => countryOfAreaCode(code) && !known.has(`1${code}`))
		.map((code) => `No time zone is known for the area code ${code}. Add a correction.`);
}

function countryOfAreaCode(code: string) {
	return ['2', '3', '5', '7', '9']
		.map((digit) => parsePhoneNumberFromString(`+1${code}${digit}345678`))
		.find((number) => number?.isValid());
}

/** Where the clocks of this Node.js differ from the tz database's within the next year. */
export function staleClocks(tz: TzDatabase, tables: Tables, now: number): string[] {
	const days = Array.from({ length: 52 }, (_, week) => now + week * 7 * 24 * 3_600_000);
	return zonesInUse(tables).filter((zone) =>
		days.some((day) => tz.offsetAt(zone, day) !== offsetInNode(zone, day)),
	);
}

function offsetInNode(timeZone: string, instant: number): number | undefined {
	try {
		const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
		const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(format.format(instant)) ?? [];
		const ahead = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
		return sign === '-' ? -ahead : ahead;
	} catch {
		return undefined;
	}
}

function zonesInUse({ prefixes, countries }: Tables): string[] {
	const corrected = [...PREFIX_CORRECTIONS, ...COUNTRY_CORRECTIONS].flatMap(({ zones }) => zones);
	const listed = [...Object.keys(prefixes), ...Object.keys(countries)].flatMap((zones) =>
		zones.split('&'),
	);
	return [...new Set([...listed, ...corrected])].sort();
}

function unpack(table: Table): Map<string, readonly string[]> {
	return new Map(
		Object.entries(table).flatMap(([zones, keys]) =>
			keys.split(' ').map((key) => [key, zones.split('&')] as const),
		),
	);
}

function longestMatch(table: Table, prefix: string): readonly string[] | undefined {
	const listed = unpack(table);
	for (let length = prefix.length; length > 0; length--) {
		const zones = listed.get(prefix.slice(0, length));
		if (zones) return zones;
	}
	return undefined;
}

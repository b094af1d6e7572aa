/** What CI checks about the tables, the corrections, and the time zone data of its Node.js. */
import {
	getCountries,
	getCountryCallingCode,
	parsePhoneNumberFromString,
} from 'libphonenumber-js/max';

import {
	COUNTRY_CORRECTIONS,
	PREFIX_CORRECTIONS,
	type Correction,
} from '../../nodes/shared/callingHours/timeZoneCorrections.ts';
import type { TzDatabase } from './sources.mts';

/** A bundled table: `{ 'Zone/One&Zone/Two': 'prefix prefix …' }`. */
export type Table = Record<string, string>;

/** The same in reverse: from a prefix or a country to its zones. */
type Zones = ReadonlyMap<string, readonly string[]>;

const WEEK = 7 * 24 * 3_600_000;

/** Sentences about what has to be corrected; none if all is well. */
export function findMistakes(tz: TzDatabase, prefixTable: Table, countryTable: Table): string[] {
	const listedPrefixes = unpack(prefixTable);
	const listedCountries = unpack(countryTable);
	const prefixes = new Map([...listedPrefixes, ...zonesOfAll(PREFIX_CORRECTIONS)]);
	const countries = new Map([...listedCountries, ...zonesOfAll(COUNTRY_CORRECTIONS)]);
	return [
		...unknownZones(tz, [prefixes, countries]),
		...foreignZones(tz, prefixes, countries),
		...unknownCountries(countries),
		...unknownAreaCodes(prefixes),
		...unneeded(tz, PREFIX_CORRECTIONS, (prefix) => longestMatch(listedPrefixes, prefix)),
		...unneeded(tz, COUNTRY_CORRECTIONS, (country) => listedCountries.get(country)),
	];
}

/** Zones in use whose clocks in this Node.js aren't the tz database's in the coming year. */
export function outdatedClocks(tz: TzDatabase, tables: readonly Table[], now: number): string[] {
	const corrections = [zonesOfAll(PREFIX_CORRECTIONS), zonesOfAll(COUNTRY_CORRECTIONS)];
	const weeks = Array.from({ length: 52 }, (_, week) => now + week * WEEK);
	return namesIn([...tables.map(unpack), ...corrections]).filter((zone) =>
		weeks.some((week) => tz.offsetAt(zone, week) !== offsetInNode(zone, week)),
	);
}

function unknownZones(tz: TzDatabase, tables: readonly Zones[]): string[] {
	return namesIn(tables)
		.filter((zone) => tz.offsetAt(zone, 0) === undefined)
		.map((zone) => `The tz database has no ${zone}.`);
}

/** Another country's time, such as that of Bucharest in Google's list for Kaliningrad. */
function foreignZones(tz: TzDatabase, prefixes: Zones, countries: Zones): string[] {
	return [...prefixes].flatMap(([prefix, zones]) => {
		const owners = countriesOf(prefix);
		const own = owners.flatMap((country) => [
			...(tz.zonesOf.get(country) ?? []),
			...(countries.get(country) ?? []),
		]);
		const clocks = new Set(own.map((zone) => tz.clockOf(zone)));
		return zones
			.filter((zone) => !clocks.has(tz.clockOf(zone)))
			.map((zone) => `+${prefix} has ${zone}, which is not a time of ${owners.join(' or ')}.`);
	});
}

/** The one country of an area code of the North American plan; else every country with the calling code. */
function countriesOf(prefix: string): string[] {
	const ofPlan = getCountries().filter((country) =>
		prefix.startsWith(getCountryCallingCode(country)),
	);
	const number = prefix.startsWith('1') ? numberWithAreaCode(prefix.slice(1, 4)) : undefined;
	const isOfAnArea = number && /FIXED_LINE|MOBILE/.test(number.getType() ?? '');
	return isOfAnArea && number.country ? [number.country] : ofPlan;
}

function unknownCountries(countries: Zones): string[] {
	return getCountries()
		.filter((country) => !countries.has(country))
		.map((country) => `No time zone is known for the country ${country}. Add a correction.`);
}

/** Area codes that libphonenumber has and Google's list of zones hasn't, such as new ones. */
function unknownAreaCodes(prefixes: Zones): string[] {
	return Array.from({ length: 800 }, (_, code) => String(200 + code))
		.filter((code) => numberWithAreaCode(code) && !prefixes.has(`1${code}`))
		.map((code) => `No time zone is known for the area code ${code}. Add a correction.`);
}

function numberWithAreaCode(code: string) {
	return ['2', '3', '5', '7', '9']
		.map((digit) => parsePhoneNumberFromString(`+1${code}${digit}345678`))
		.find((number) => number?.isValid());
}

/** Corrections that the lists now agree with. */
function unneeded(
	tz: TzDatabase,
	corrections: readonly Correction[],
	listed: (key: string) => readonly string[] | undefined,
): string[] {
	const clocks = (zones: readonly string[] = []) =>
		[...new Set(zones.map((zone) => tz.clockOf(zone)))].sort().join('|');
	return [...zonesOfAll(corrections)]
		.filter(([key, zones]) => clocks(listed(key)) === clocks(zones))
		.map(([key]) => `The correction of ${key} can be dropped: the list says the same by now.`);
}

/** Minutes ahead of UTC; undefined for a zone that this Node.js doesn't know. */
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

function longestMatch(prefixes: Zones, digits: string): readonly string[] | undefined {
	for (let length = digits.length; length > 0; length--) {
		const zones = prefixes.get(digits.slice(0, length));
		if (zones) return zones;
	}
	return undefined;
}

function namesIn(tables: readonly Zones[]): string[] {
	return [...new Set(tables.flatMap((table) => [...table.values()].flat()))].sort();
}

function unpack(table: Table): Zones {
	const entries = Object.entries(table).map(([zones, of]) => ({ of, zones: zones.split('&') }));
	return zonesOfAll(entries);
}

function zonesOfAll(entries: ReadonlyArray<Pick<Correction, 'of' | 'zones'>>): Zones {
	return new Map(
		entries.flatMap(({ of, zones }) => of.split(' ').map((key) => [key, zones] as const)),
	);
}

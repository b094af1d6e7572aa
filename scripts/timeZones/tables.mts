/**
 * Creates the two bundled tables from the sources; both read `{ 'Zone/One&Zone/Two': 'prefix prefix
 * …' }`.
 */
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';

import type { Sources, TzDatabase } from './sources.mts';

/** Plans in which a number keeps its area but not its exchange: calling code, and the digits of an area with it. */
const AREAS = [
	{ callingCode: '1', length: 4 },
	{ callingCode: '55', length: 4 },
];

/**
 * Names that Node.js 20.19, the oldest that the package supports, doesn't know; others show the
 * same time.
 */
const TOO_NEW = new Set(['America/Coyhaique']);

/** Each country's zones; of several that show the same time, the one with the largest city. */
export function countryTable({ tz }: Sources): string {
	const zonesOf = new Map<string, string>();
	for (const country of getCountries()) {
		const zones = differentClocks(tz, tz.zonesOf.get(country) ?? []);
		if (zones.length > 0) zonesOf.set(country, zones.sort().join('&'));
	}
	return grouped(zonesOf);
}

function differentClocks(tz: TzDatabase, zones: readonly string[]): string[] {
	const known = zones.filter((zone) => !TOO_NEW.has(zone));
	return [...new Map(known.reverse().map((zone) => [tz.clockOf(zone), zone])).values()];
}

/** Google's list without what it says about whole countries, which the tz database knows better. */
export function prefixTable({ google }: Sources): string {
	const callingCodes = new Set<string>(
		getCountries().map((country) => getCountryCallingCode(country)),
	);
	const zonesOf = new Map<string, Set<string>>();
	for (const prefix of Object.keys(google).sort()) {
		if (callingCodes.has(prefix)) continue;
		const area = areaOf(prefix);
		const zones =
			zonesOf.get(area) ?? new Set(area === prefix ? [] : zonesAbove(area, google, callingCodes));
		for (const zone of google[prefix]!.split('&')) zones.add(zone);
		zonesOf.set(area, zones);
	}
	return grouped(new Map([...zonesOf].map(([area, zones]) => [area, [...zones].sort().join('&')])));
}

function areaOf(prefix: string): string {
	const area = AREAS.find(({ callingCode }) => prefix.startsWith(callingCode));
	return area ? prefix.slice(0, area.length) : prefix;
}

/** What applies to those of an area's numbers that have no longer prefix. */
function zonesAbove(area: string, google: Sources['google'], callingCodes: Set<string>): string[] {
	for (let length = area.length; length > 0; length--) {
		const prefix = area.slice(0, length);
		if (callingCodes.has(prefix)) return [];
		if (google[prefix]) return google[prefix].split('&');
	}
	return [];
}

/** Reversed, which takes a third of the space. */
function grouped(zonesOf: ReadonlyMap<string, string>): string {
	const groups = new Map<string, string[]>();
	for (const [key, zones] of [...zonesOf].sort())
		groups.set(zones, [...(groups.get(zones) ?? []), key]);
	const lines = [...groups].sort().map(([zones, keys]) => [zones, keys.join(' ')]);
	return JSON.stringify(Object.fromEntries(lines), null, '\t') + '\n';
}

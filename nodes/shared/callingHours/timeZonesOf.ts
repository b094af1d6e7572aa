import {
	getCountries,
	getCountryCallingCode,
	type CountryCode,
	type NumberType,
} from 'libphonenumber-js/max';
import zonesOfCountries from './countryTimeZones.json';
import zonesToPrefixes from './prefixTimeZones.json';
import { COUNTRY_CORRECTIONS, PREFIX_CORRECTIONS, type Correction } from './timeZoneCorrections';

/** What is known about a number's location; an UnderstoodNumber has it. */
export interface PlacedNumber {
	/** E.164 */
	phoneNumber: string;
	/** ISO 3166-1 alpha-2; absent for numbers of no country, such as +800. */
	country?: string;
	/** libphonenumber's type, such as MOBILE; absent if the plan doesn't show it. */
	numberType?: NumberType;
}

/** Calling codes whose mobile numbers carry an area code: Mexico, Argentina, Brazil. */
const MOBILE_WITH_AREA_CODE = /^(52|54|55)/;

/** The North American plan ties every number to an area code, whatever its type. */
const ALWAYS_WITH_AREA_CODE = /^1/;

/**
 * The IANA time zones a number may be in: those of its area if the plan ties it to one, else those
 * of its country. If the country isn't certain, those of every country with its calling code. None
 * if the number belongs to no country: +800, satellite phones.
 */
export function timeZonesOf(number: PlacedNumber): readonly string[] {
	const digits = number.phoneNumber.slice(1);
	const ofArea = isTiedToAnArea(digits, number.numberType) ? zonesOfArea(digits) : undefined;
	return ofArea ?? zonesOfCountry(number.country) ?? zonesOfCallingCode(digits);
}

/** The rule of libphonenumber's PhoneNumberUtil.isNumberGeographical, and the North American plan's. */
function isTiedToAnArea(digits: string, type: NumberType): boolean {
	if (ALWAYS_WITH_AREA_CODE.test(digits)) return true;
	if (type === 'MOBILE') return MOBILE_WITH_AREA_CODE.test(digits);
	return type === 'FIXED_LINE' || type === 'FIXED_LINE_OR_MOBILE';
}

function zonesOfArea(digits: string): readonly string[] | undefined {
	for (let length = digits.length; length > 0; length--) {
		const zones = tables().prefixes.get(digits.slice(0, length));
		if (zones) return zones;
	}
	return undefined;
}

function zonesOfCountry(country: string | undefined): readonly string[] | undefined {
	return country === undefined ? undefined : tables().countries.get(country);
}

function zonesOfCallingCode(digits: string): readonly string[] {
	const countries: readonly CountryCode[] = digits.startsWith('1')
		? ['US', 'CA'] // which includes codes that aren't known yet
		: getCountries().filter((country) => isCallingCodeOf(country, digits));
	return [...new Set(countries.flatMap((country) => zonesOfCountry(country) ?? []))];
}

/** No calling code starts with another one. */
function isCallingCodeOf(country: CountryCode, digits: string): boolean {
	return digits.startsWith(getCountryCallingCode(country));
}

interface Tables {
	prefixes: Map<string, readonly string[]>;
	countries: Map<string, readonly string[]>;
}

let unpacked: Tables | undefined;

/** Unpacked at first use, so that loading the node costs nothing. */
function tables(): Tables {
	unpacked ??= {
		prefixes: unpack(zonesToPrefixes, PREFIX_CORRECTIONS),
		countries: unpack(zonesOfCountries, COUNTRY_CORRECTIONS),
	};
	return unpacked;
}

/** From `{ 'Europe/Berlin&Europe/Paris': '49 33' }` to the zones of '49'; corrections have the last word. */
function unpack(table: Record<string, string>, corrections: readonly Correction[]) {
	const listed = Object.entries(table).map(([zones, of]) => ({ of, zones: zones.split('&') }));
	return new Map(
		[...listed, ...corrections].flatMap(({ of, zones }) =>
			of.split(' ').map((key) => [key, zones] as const),
		),
	);
}

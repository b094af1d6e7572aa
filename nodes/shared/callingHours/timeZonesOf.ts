import type { NumberType } from 'libphonenumber-js';
import zonesToPrefixes from './prefixTimeZones.json';

/**
 * Country calling codes in which a mobile number carries an area code: Mexico, Argentina, Brazil. Google's list
 * has Indonesia too, for a fixed wireless network that is gone; its mobile numbers belong to no place.
 */
const MOBILE_WITH_AREA_CODE = /^(52|54|55)/;

/**
 * The IANA time zones a phone number may be in, as Google's libphonenumber knows them by prefix.
 *
 * A number tied to a place has the zones of its longest known prefix. Any other one (most countries' mobile
 * numbers, toll-free, internet telephony, a type that is not known) may be anywhere under its country calling
 * code. Empty where no country stands behind the number: +800, satellite telephones.
 *
 * @param e164 the number with its plus sign
 * @param type what libphonenumber-js' full metadata says the number is (`getType()`)
 */
export function timeZonesOf(e164: string, type: NumberType): readonly string[] {
	const digits = e164.slice(1);
	return isTiedToAPlace(digits, type) ? zonesOfArea(digits) : zonesOfCountry(digits);
}

/** The rule of libphonenumber's PhoneNumberUtil.isNumberGeographical. */
function isTiedToAPlace(digits: string, type: NumberType): boolean {
	if (type === 'MOBILE') return MOBILE_WITH_AREA_CODE.test(digits);
	return type === 'FIXED_LINE' || type === 'FIXED_LINE_OR_MOBILE';
}

function zonesOfArea(digits: string): readonly string[] {
	for (let length = digits.length; length > 0; length--) {
		const zones = zonesByPrefix().get(digits.slice(0, length));
		if (zones) return zones;
	}
	return [];
}

/** No calling code begins with another one, and each has its own entry: the shortest match is the country's. */
function zonesOfCountry(digits: string): readonly string[] {
	for (let length = 1; length <= 3; length++) {
		const zones = zonesByPrefix().get(digits.slice(0, length));
		if (zones) return zones;
	}
	return [];
}

let unpacked: Map<string, readonly string[]> | undefined;

/** Unpacked at the first question, so that loading the node costs nothing. */
function zonesByPrefix(): Map<string, readonly string[]> {
	unpacked ??= new Map(
		Object.entries(zonesToPrefixes).flatMap(([joined, prefixes]) => {
			const zones = joined.split('&');
			return prefixes.split(' ').map((prefix) => [prefix, zones] as const);
		}),
	);
	return unpacked;
}

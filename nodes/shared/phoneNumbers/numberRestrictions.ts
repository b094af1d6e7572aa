import {
	isSupportedCountry,
	type CountryCode,
	type NumberType,
	type PhoneNumber,
} from 'libphonenumber-js/max';
import { badRequest } from '../errors/badRequest';
import type { CallError } from '../errors/callError';
import { notAllowed } from '../errors/notAllowed';

/** Which real numbers may be called. */
export interface NumberRestrictions {
	/** Whether premium-rate, shared-cost and satellite numbers may be called. */
	allowPremium: boolean;
	/** None allows all. */
	allowedCountries: readonly CountryCode[];
}

/** Inmarsat, the satellite systems of +881, and the worldwide networks of +882 and +883. */
const SATELLITE_CODES = ['870', '881', '882', '883'];

/**
 * @param type what `number.getType()` gives, which takes time
 * @throws CallError `notAllowed` for a number that is restricted
 */
export function keepRestrictions(
	number: PhoneNumber,
	type: NumberType | undefined,
	restrictions: NumberRestrictions,
): void {
	if (!restrictions.allowPremium) refuseCostly(number, type);
	if (isInAllowedCountry(number, restrictions)) return;
	throw notAllowed.otherCountry({
		phoneNumber: number.number,
		countries: countriesOf(number).join(' or ') || 'no country',
		allowed: restrictions.allowedCountries.join(', '),
	});
}

export function isInAllowedCountry(
	number: PhoneNumber,
	{ allowedCountries }: NumberRestrictions,
): boolean {
	if (allowedCountries.length === 0) return true;
	const countries = countriesOf(number);
	return countries.length > 0 && countries.every((country) => allowedCountries.includes(country));
}

function refuseCostly(number: PhoneNumber, type?: NumberType): void {
	if (SATELLITE_CODES.includes(number.countryCallingCode)) throw costly(number, 'satellite');
	if (type === 'PREMIUM_RATE') throw costly(number, 'premium-rate');
	if (type === 'SHARED_COST') throw costly(number, 'shared-cost');
}

function costly({ number }: PhoneNumber, kind: string): CallError {
	return notAllowed.costly({ phoneNumber: number, kind });
}

function countriesOf(number: PhoneNumber): CountryCode[] {
	return number.country ? [number.country] : number.getPossibleCountries();
}

/**
 * @param field where the code was given, for the message
 *
 * @throws CallError `badRequest` if there is no such country
 */
export function countryCalled(code: string, field: string): CountryCode | undefined {
	const country = code.trim().toUpperCase().replace(/^UK$/, 'GB');
	if (country === '') return undefined;
	if (isSupportedCountry(country)) return country;
	throw badRequest.noCountryCode({ code: code.trim(), field });
}

import fc from 'fast-check';
import {
	getCountries,
	parsePhoneNumberFromString,
	type CountryCode,
	type PhoneNumber,
} from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/metadata.max.json';

export const COUNTRIES = getCountries();

export const KINDS = ['landline', 'mobile', 'other'] as const;
export type Kind = (typeof KINDS)[number];

/** Where libphonenumber's metadata keeps the patterns of a country's kinds of numbers. */
const NATIONAL_PATTERN = 2;
const PATTERNS = 11;
const PLACES: Record<Kind, number[]> = {
	landline: [0],
	mobile: [1],
	other: [2, 3, 4, 6, 8, 9],
};

/** Random real numbers of a country, the same for every run. */
export function randomNumbers(country: CountryCode, kind: Kind, count: number): PhoneNumber[] {
	const found = new Map<string, PhoneNumber>();
	for (const pattern of patternsOf(country, kind)) {
		const national = fc.stringMatching(new RegExp(`^(?:${pattern})$`));
		const share = Math.ceil(count / patternsOf(country, kind).length);
		for (const digits of fc.sample(national, { numRuns: share, seed: share + country.length })) {
			const number = parsePhoneNumberFromString(`+${callingCodeOf(country)}${digits}`);
			// A service number that starts with 00 can't be called from abroad.
			if (
				number?.isValid() &&
				number.country === country &&
				!number.nationalNumber.startsWith('00')
			) {
				found.set(number.number, number);
			}
		}
	}
	return [...found.values()];
}

function patternsOf(country: CountryCode, kind: Kind): string[] {
	const plan = metadata.countries[country] as unknown as unknown[];
	const everyNumber = [plan[NATIONAL_PATTERN]];
	const patterns = (plan[PATTERNS] ?? [everyNumber, everyNumber]) as Array<[string] | 0>;
	// Where mobile numbers look like landlines, as in North America, their pattern is empty.
	return PLACES[kind].flatMap((place) =>
		patterns[place] ? [patterns[place][0] || (patterns[0] as [string])[0]] : [],
	);
}

function callingCodeOf(country: CountryCode): string {
	return (metadata.countries[country] as unknown as [string])[0];
}

const prefixes = new Map<CountryCode, string[]>();

/** What the country dials before a country code, those of its carriers included. */
export function internationalPrefixes(country: CountryCode): string[] {
	const known = prefixes.get(country);
	if (known) return known;
	const pattern = (metadata.countries[country] as unknown as string[])[1] ?? '00';
	const text = fc.stringMatching(new RegExp(`^(?:${pattern})$`));
	const found = [...new Set(fc.sample(text, { numRuns: 20, seed: 1 }))];
	prefixes.set(country, found);
	return found;
}

import fc from 'fast-check';
import {
	getCountryCallingCode,
	parsePhoneNumberFromString,
	type CountryCode,
	type PhoneNumber,
} from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';

import type { PlacedNumber } from '../../../../nodes/shared/callingHours/timeZonesOf.ts';

/** What the nodes know of a number when they ask about its calling hours. */
export function understood(e164: string): PlacedNumber {
	return place(parsePhoneNumberFromString(e164)) ?? { phoneNumber: e164 };
}

function place(number: PhoneNumber | undefined): PlacedNumber | undefined {
	return (
		number && { phoneNumber: number.number, country: number.country, numberType: number.getType() }
	);
}

/** Where libphonenumber's metadata has the patterns of a country's numbers, and of each kind of them. */
const PATTERN = 2;
const KINDS = 11;
const KIND = [
	'FIXED_LINE',
	'MOBILE',
	'TOLL_FREE',
	'PREMIUM_RATE',
	'PERSONAL_NUMBER',
	'VOICEMAIL',
	'UAN',
	'PAGER',
	'VOIP',
	'SHARED_COST',
] as const;

type Kind = (typeof KIND)[number];

const countries = metadata.countries as unknown as Record<string, unknown[]>;

/** Valid numbers of one kind out of a country's plan, always the same ones; none if the plan has no such kind. */
export function someNumbers(country: CountryCode, kind: Kind, count: number): PlacedNumber[] {
	const kinds = countries[country]?.[KINDS] as Array<[string] | 0> | undefined;
	const patternOf = (name: Kind) => (kinds?.[KIND.indexOf(name)] || [])[0];
	// Not every plan tells mobiles from landlines.
	const ofKind = patternOf(kind) || (kind === 'MOBILE' && patternOf('FIXED_LINE'));
	const pattern = kinds ? ofKind : countries[country]?.[PATTERN];
	if (typeof pattern !== 'string' || pattern === '') return [];
	// The generator knows no (?!…); what it then makes too much isn't valid.
	const simple = new RegExp(`^(?:${pattern.replace(/\(\?!(?:[^()]|\([^()]*\))*\)/g, '')})$`);
	return fc
		.sample(fc.stringMatching(simple), { seed: 20_261_125, numRuns: count })
		.map((national) => parsePhoneNumberFromString(`+${getCountryCallingCode(country)}${national}`))
		.filter((number) => number?.isValid())
		.map((number) => place(number)!);
}

import {
	getCountryCallingCode,
	ParseError,
	parsePhoneNumberWithError,
	type CountryCode,
	type PhoneNumber,
} from 'libphonenumber-js/max';

/** A phone number as written, whatever separates its digits. */
export interface Written {
	/** All of them, with the plus in front where there is one. */
	digits: string;
	/** The digits in their groups, separated by one space: `020 7946 0018`. */
	groups: string;
	/** Without the zero of +44 (0)20 …, which is dialed inside the country only. */
	withoutBracketZero?: string;
	/** The country code, if brackets after the plus mark it: +(44) 20 … */
	bracketedCode?: string;
	/** See `Cell`. */
	isNumeric: boolean;
}

export interface ReadingRules {
	defaultCountry?: CountryCode;
	/** Which numbers count as real: those in assigned ranges, or all with a valid length. */
	numberCheck: 'valid' | 'possible';
	/** Whether it belongs to a country that may be called. */
	isAllowed: (number: PhoneNumber) => boolean;
}

/** What libphonenumber makes of digits, real or not, or its code for what is wrong with them. */
export function parseDigits(digits: string, defaultCountry?: CountryCode): PhoneNumber | string {
	try {
		return parsePhoneNumberWithError(digits, { defaultCountry, extract: false });
	} catch (error) {
		return error instanceof ParseError ? error.message : 'NOT_A_NUMBER';
	}
}

/** The digits as a real number. In some plans, such as Japan's, service numbers start with `00`. */
export function read(
	digits: string,
	{ numberCheck }: ReadingRules,
	defaultCountry?: CountryCode,
): PhoneNumber | undefined {
	const number = parseDigits(digits, defaultCountry);
	if (typeof number === 'string' || number.nationalNumber.startsWith('00')) return undefined;
	const isReal = numberCheck === 'valid' ? number.isValid() : number.isPossible();
	return isReal ? number : undefined;
}

/** One number, or two where a zero in brackets may belong to it, as in Italy. */
export function readBehind(
	prefix: string,
	{ digits, withoutBracketZero }: Written,
	rules: ReadingRules,
): PhoneNumber[] {
	const asWritten = read(`+${digits.slice(prefix.length)}`, rules);
	if (withoutBracketZero === undefined) return asWritten ? [asWritten] : [];
	return distinct([asWritten, read(`+${withoutBracketZero.slice(prefix.length)}`, rules)]);
}

export interface BareReadings {
	/** As dialed in the default country. */
	atHome: Array<PhoneNumber | undefined>;
	/** As numbers with a country code that lost the plus, or the zeros of 001 and the like. */
	withoutPlus: Array<PhoneNumber | undefined>;
}

/** The readings of digits that may have lost something in front. */
export function bareReadings(
	digits: string,
	rules: ReadingRules,
	inCountry?: PhoneNumber,
	ownGroups?: string,
): BareReadings {
	const { defaultCountry } = rules;
	if (!defaultCountry || digits.startsWith('0')) return { atHome: [], withoutPlus: [] };
	const atHome = [];
	const withoutPlus = [read(`+${digits}`, rules)];
	const withZero = `0${digits}`;
	if (ownGroups?.replaceAll(' ', '') !== withZero) {
		atHome.push(read(withZero, rules, defaultCountry));
	}
	if (inCountry && !isOwnCode(inCountry, defaultCountry)) {
		// libphonenumber reads 810 … as dialed abroad from Russia, where some numbers start like this.
		atHome.push(read(`+${getCountryCallingCode(defaultCountry)}${digits}`, rules));
	}
	if (!dialsDoubleZeroOnly(defaultCountry)) {
		withoutPlus.push(read(`00${digits}`, rules, defaultCountry));
	}
	return { atHome, withoutPlus };
}

/** One number for each digit that country codes start with. */
const ABROAD = [
	...['12125550123', '201001234567', '33612345678', '442079460018', '5511961234567'],
	...['6591234567', '79161234567', '819012345678', '919876543210'],
];
const answers = new Map<CountryCode, boolean>();

/** Most countries dial 00 and a country code; in some, the digits of a carrier stand between them. */
function dialsDoubleZeroOnly(country: CountryCode): boolean {
	const known = answers.get(country);
	if (known !== undefined) return known;
	const answer = ABROAD.every((digits) => {
		const number = parseDigits(`00${digits}`, country);
		return typeof number === 'object' && number.number === `+${digits}`;
	});
	answers.set(country, answer);
	return answer;
}

/** The digits of a text in their groups, separated by one space. */
export function groupsOf(text: string): string {
	return text.replace(/\D+/g, ' ').trim();
}

export function isOwnCode(
	number: PhoneNumber | undefined,
	defaultCountry?: CountryCode,
): number is PhoneNumber {
	const own = defaultCountry && getCountryCallingCode(defaultCountry);
	return own !== undefined && number?.countryCallingCode === own;
}

export function distinct(readings: Array<PhoneNumber | undefined>): PhoneNumber[] {
	const byNumber = new Map<string, PhoneNumber>();
	for (const one of readings) {
		if (one && !byNumber.has(one.number)) byNumber.set(one.number, one);
	}
	return [...byNumber.values()];
}

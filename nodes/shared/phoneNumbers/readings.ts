import { getCountryCallingCode, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max';
import { dialsDoubleZeroOnly, internationalPrefix } from './internationalPrefix';
import { parseDigits } from './parseDigits';

/** What is written of a phone number, whatever separates its digits. */
export interface Written {
	/** All of them, with the plus in front where there is one. */
	digits: string;
	/** The digits as they stand together, separated by one space: `020 7946 0018`. */
	groups: string;
	/** Without the zero of +44 (0)20 …, which is dialed inside the country only. */
	withoutBracketZero?: string;
	/** What brackets behind the plus single out as the country code: +(44) 20 … */
	bracketedCode?: string;
	/** See `Cell`. */
	isNumeric: boolean;
}

export interface ReadingRules {
	defaultCountry?: CountryCode;
	/** Which numbers count as real: those of assigned ranges, or all of a length that is in use. */
	numberCheck: 'valid' | 'possible';
	/** Whether it belongs to a country that may be called. */
	isAllowed: (number: PhoneNumber) => boolean;
}

export type Reading =
	| { number: PhoneNumber }
	/** Different real numbers, of which nobody can tell which one is meant. */
	| { rivals: PhoneNumber[] }
	/** A real number of another country, if a plus was lost. */
	| { withPlus: PhoneNumber }
	| 'date'
	/** A country code that the writing divides: +8 (495) … is not Vietnam's +84. */
	| 'INVALID_COUNTRY'
	| 'NONE';

/**
 * Which number a text stands for (docs/design.md § 3, promise 0): it must have no second reading that is a
 * different real number. A plus leaves one reading, but for a zero in brackets; so does the default
 * country's own way of writing, and `00` before its own code. There are two exceptions, and
 * docs/phone-numbers.md says what each one costs: a bare mobile number of the default country is read as
 * such, and a reading outside the allowed countries is no rival.
 *
 * That a foreign number has lost its plus rivals other readings, and is never enough to call it: one
 * digit too few or too many makes such numbers.
 */
export function chooseReading(written: Written, rules: ReadingRules): Reading {
	const { digits } = written;
	const { defaultCountry, isAllowed } = rules;
	if (digits.startsWith('+')) return readWithPlus(written, rules);

	const inCountry = defaultCountry ? read(digits, rules, defaultCountry) : undefined;
	const ownGroups = inCountry ? groupsOf(inCountry.formatNational()) : '';
	if (inCountry && isOwnWay(inCountry, ownGroups, written, rules)) return { number: inCountry };

	const prefix = internationalPrefix(digits, defaultCountry);
	const abroad = prefix ? readBehind(prefix, written, rules) : [];
	const isWhole = prefix && abroad[0]?.number === `+${digits.slice(prefix.length)}`;
	if (isWhole && isOwnCode(abroad[0], defaultCountry)) return { number: abroad[0] };

	const { atHome, withoutPlus } = bareReadings(digits, rules, inCountry, ownGroups);
	const real = distinct([inCountry, ...abroad, ...atHome, ...withoutPlus]);
	const allowed = real.filter(isAllowed);
	const rivals = allowed.length > 0 ? allowed : real;
	const [number] = rivals;
	if (!number) return 'NONE';
	if (rivals.length > 1) {
		const mobile = rivals.find((one) => isBareMobile(one, digits, defaultCountry));
		return mobile ? { number: mobile } : { rivals };
	}
	const isForeign = withoutPlus.includes(number) && !isOwnCode(number, defaultCountry);
	if (isForeign) return { withPlus: number };
	return isDate(digits, number, defaultCountry) ? 'date' : { number };
}

interface BareReadings {
	/** As dialed in the default country. */
	atHome: Array<PhoneNumber | undefined>;
	/** As numbers with country code that lost the plus, or the zeros of 001 and the like. */
	withoutPlus: Array<PhoneNumber | undefined>;
}

/** What digits can be that may have lost something in front of them. */
function bareReadings(
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
		// Libphonenumber reads 810 … as dialed abroad from Russia, where some numbers begin like this.
		atHome.push(read(`+${getCountryCallingCode(defaultCountry)}${digits}`, rules));
	}
	if (!dialsDoubleZeroOnly(defaultCountry)) {
		withoutPlus.push(read(`00${digits}`, rules, defaultCountry));
	}
	return { atHome, withoutPlus };
}

const COMPACT_DATE = /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;

/** 19861005 can be a landline without its zero, and is rather the fifth of October. */
function isDate(digits: string, number: PhoneNumber, defaultCountry?: CountryCode): boolean {
	return COMPACT_DATE.test(digits) && !isBareMobile(number, digits, defaultCountry);
}

function readWithPlus(written: Written, rules: ReadingRules): Reading {
	const numbers = readBehind('+', written, rules);
	const [number] = numbers;
	if (!number) return 'NONE';
	if (numbers.length > 1) return { rivals: numbers };
	return isCodeDivided(written, number) ? 'INVALID_COUNTRY' : { number };
}

function isCodeDivided({ groups, bracketedCode }: Written, number: PhoneNumber): boolean {
	const { countryCallingCode } = number;
	if (bracketedCode !== undefined) return bracketedCode !== countryCallingCode;
	return groups.includes(' ') && groups.indexOf(' ') < countryCallingCode.length;
}

/** One number, or two where a zero in brackets may belong to it, as in Italy. */
function readBehind(
	prefix: string,
	{ digits, withoutBracketZero }: Written,
	rules: ReadingRules,
): PhoneNumber[] {
	const asWritten = read(`+${digits.slice(prefix.length)}`, rules);
	if (withoutBracketZero === undefined) return asWritten ? [asWritten] : [];
	return distinct([asWritten, read(`+${withoutBracketZero.slice(prefix.length)}`, rules)]);
}

/** The real number that digits are. `00` begins service numbers of some plans, such as Japan's. */
function read(
	digits: string,
	{ numberCheck }: ReadingRules,
	defaultCountry?: CountryCode,
): PhoneNumber | undefined {
	const number = parseDigits(digits, defaultCountry);
	if (typeof number === 'string' || number.nationalNumber.startsWith('00')) return undefined;
	const isReal = numberCheck === 'valid' ? number.isValid() : number.isPossible();
	return isReal ? number : undefined;
}

/**
 * Whether the country writes its number with these digits. Where it writes no trunk prefix, spaces may
 * tell that this is the foreign number which has lost its plus: 95 1 234 567 is not Spain's 951 23 45 67.
 */
function isOwnWay(
	number: PhoneNumber,
	ownGroups: string,
	{ digits, groups, isNumeric }: Written,
	rules: ReadingRules,
): boolean {
	if (isNumeric || digits !== ownGroups.replaceAll(' ', '')) return false;
	if (groups === ownGroups || digits.startsWith('0')) return true;
	const hasSpaces = groups !== digits;
	// Where any number of the right length counts as real, digits alone say too little.
	if (!hasSpaces && (rules.numberCheck === 'valid' || number.isValid())) return true;
	const withPlus = read(`+${digits}`, rules);
	return !withPlus || (hasSpaces && groups !== groupsOf(withPlus.formatInternational()));
}

/** The digits of a text as they stand together, separated by one space. */
export function groupsOf(text: string): string {
	return text.replace(/\D+/g, ' ').trim();
}

function isOwnCode(
	number: PhoneNumber | undefined,
	defaultCountry?: CountryCode,
): number is PhoneNumber {
	const own = defaultCountry && getCountryCallingCode(defaultCountry);
	return own !== undefined && number?.countryCallingCode === own;
}

/** All that it may lack is the trunk zero. */
function isBareMobile(number: PhoneNumber, digits: string, defaultCountry?: CountryCode): boolean {
	const { country, nationalNumber } = number;
	if (country !== defaultCountry || nationalNumber !== digits) return false;
	return ['MOBILE', 'FIXED_LINE_OR_MOBILE'].includes(number.getType() ?? '');
}

function distinct(readings: Array<PhoneNumber | undefined>): PhoneNumber[] {
	const byNumber = new Map<string, PhoneNumber>();
	for (const one of readings) {
		if (one && !byNumber.has(one.number)) byNumber.set(one.number, one);
	}
	return [...byNumber.values()];
}

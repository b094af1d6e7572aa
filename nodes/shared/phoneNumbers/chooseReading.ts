import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import { internationalPrefix } from './internationalPrefix';
import {
	bareReadings,
	distinct,
	groupsOf,
	isOwnCode,
	read,
	readBehind,
	type ReadingRules,
	type Written,
} from './readings';

export type Reading =
	| { number: PhoneNumber }
	/** Different real numbers, and no telling which one is meant. */
	| { rivals: PhoneNumber[] }
	/** A real number of another country, if a plus was lost. */
	| { withPlus: PhoneNumber }
	| 'date'
	/** A country code that the writing divides: +8 (495) … isn't Vietnam's +84. */
	| 'INVALID_COUNTRY'
	| 'NONE';

/**
 * Which number a text stands for (docs/design.md § 3, promise 0): it must have no second reading
 * that is a different real number. A plus leaves only one reading, except for a zero in brackets;
 * so does the default country's own way of writing, and `00` before its own code. There are two
 * exceptions, and docs/phone-numbers.md says what each of them costs: a bare mobile number of the
 * default country is read as such, and a reading outside the allowed countries doesn't count. A
 * foreign number that may have lost its plus counts as a rival, but that reading is never enough to
 * call it: a digit too few or too many can produce such a number.
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

/**
 * Whether the country writes its number with these digits. If it has no trunk prefix, spaces may
 * show that this is a foreign number without its plus: 95 1 234 567 isn't Spain's 951 23 45 67.
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
	// If any number of the right length counts as real, digits alone aren't enough.
	if (!hasSpaces && (rules.numberCheck === 'valid' || number.isValid())) return true;
	const withPlus = read(`+${digits}`, rules);
	return !withPlus || (hasSpaces && groups !== groupsOf(withPlus.formatInternational()));
}

const COMPACT_DATE = /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;

/** 19861005 can be a landline without its zero, but is more likely October 5. */
function isDate(digits: string, number: PhoneNumber, defaultCountry?: CountryCode): boolean {
	return COMPACT_DATE.test(digits) && !isBareMobile(number, digits, defaultCountry);
}

/** It may lack only the trunk zero. */
function isBareMobile(number: PhoneNumber, digits: string, defaultCountry?: CountryCode): boolean {
	const { country, nationalNumber } = number;
	if (country !== defaultCountry || nationalNumber !== digits) return false;
	return ['MOBILE', 'FIXED_LINE_OR_MOBILE'].includes(number.getType() ?? '');
}

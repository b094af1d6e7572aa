import {
	getCountries,
	getCountryCallingCode,
	getExampleNumber,
	type CountryCode,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/examples.mobile.json';
import { refusal, understood } from '../../support/unit/phoneNumbers/understood.mts';

const numbers = getCountries().flatMap((country: CountryCode) => {
	const number = getExampleNumber(country, examples);
	return number?.isValid() ? [{ country, number, code: getCountryCallingCode(country) }] : [];
});

test('there is an example for nearly every country', () => {
	expect(numbers.length).toBeGreaterThan(230);
});

describe('the ways to write a number mean the same, in every country', () => {
	test.each(numbers)('$country', ({ country, number, code }) => {
		const national = number.formatNational();
		const international = number.formatInternational();
		const inside = number.nationalNumber;
		const ways: Array<[string, string]> = [
			[number.number, ''],
			[international, ''],
			[international, 'JP'],
			[international.replaceAll(' ', '-'), ''],
			[international.replaceAll(' ', '.'), ''],
			[international.replace(/^\+(\d+)/, '(+$1)'), ''],
			[`tel:${number.number}`, ''],
			[`'${number.number}`, ''],
			[`="${number.number}"`, ''],
			[`${number.number}.0`, ''],
			[`\u202a${international}\u202c`, ''],
			[fullWidth(international), ''],
			[`00${code}${inside}`, ''],
			[`00${code}${inside}`, country],
			[`00 ${code} ${inside}`, 'US'],
			[`00${code}${inside}`, 'JP'],
			[`011 ${code} ${inside}`, 'US'],
			[national, country],
			[national, country.toLowerCase()],
			[national.replace(/[\s-]/g, '\u00a0'), country],
			[national.replaceAll(' ', ''), country],
			[national.replaceAll(' ', '-'), country],
			[fullWidth(national), country],
		];
		for (const [written, defaultCountry] of ways) {
			// The examples of Malaysia and Ivory Coast count up, as placeholders do.
			if (/^0123456789$/.test(written.normalize('NFKC').replace(/\D/g, ''))) continue;
			// With dashes, six digits of the Faroe Islands or Greenland are a date everywhere.
			if (/^\d\d-\d\d-\d\d$/.test(written)) continue;
			const { phoneNumber } = understood(written, defaultCountry, { allowPremium: true });
			expect([written, defaultCountry, phoneNumber]).toEqual([
				written,
				defaultCountry,
				number.number,
			]);
		}
	});
});

describe('a typo never becomes a number of another country', () => {
	test.each(numbers)('$country', ({ country, number, code }) => {
		for (const typo of typosOf(number.formatNational().replace(/\D/g, ''))) {
			// A second zero in front is how other countries are dialed.
			if (typo.startsWith('00')) continue;
			const calledAt = phoneNumberOf(typo, country);
			if (calledAt !== undefined) {
				expect([typo, calledAt]).toEqual([typo, expect.stringMatching(`^\\+${code}`)]);
			}
		}
	});
});

/** Undefined for a number that is refused. */
function phoneNumberOf(text: string, country: string): string | undefined {
	try {
		return understood(text, country, { allowPremium: true }).phoneNumber;
	} catch {
		expect(refusal(text, country, { allowPremium: true }).code).toBe('invalidPhoneNumber');
		return undefined;
	}
}

/** Every digit left out, doubled, replaced by the next one, or swapped with its neighbor. */
function typosOf(digits: string): string[] {
	return Array.from(digits, (digit, place) => {
		const [before, after] = [digits.slice(0, place), digits.slice(place + 1)];
		const other = (Number(digit) + 1) % 10;
		return [
			`${before}${after}`,
			`${before}${digit}${digit}${after}`,
			`${before}${other}${after}`,
			`${before}${after.slice(0, 1)}${digit}${after.slice(1)}`,
		];
	}).flat();
}

function fullWidth(text: string): string {
	return text.replace(/[!-~]/g, (sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0));
}

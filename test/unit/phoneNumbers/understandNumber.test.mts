import * as fc from 'fast-check';
import {
	getCountries,
	getCountryCallingCode,
	getExampleNumber,
	type CountryCode,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/examples.mobile.json';
import { CallError } from '../../../nodes/shared/callError.ts';
import { understandNumber } from '../../../nodes/shared/phoneNumbers/understandNumber.ts';

const LONDON = '+442079460018';

function understood(cell: unknown, defaultCountry = '', rules = {}) {
	return understandNumber(cell, {
		defaultCountry,
		numberCheck: 'valid',
		allowPremium: false,
		allowedCountries: [],
		...rules,
	});
}

function refusal(cell: unknown, defaultCountry = '', rules = {}): CallError {
	try {
		understood(cell, defaultCountry, rules);
	} catch (error) {
		if (error instanceof CallError) return error;
		throw error;
	}
	throw new Error(`${JSON.stringify(cell)} was understood`);
}

test.each([
	['+44 20 7946 0018', ''],
	['+44 (0)20 7946-0018', ''],
	['+44.20.7946.0018', ''],
	['tel:+44-20-7946-0018', ''],
	['0044 20 7946 0018', ''],
	['011 44 20 7946 0018', ''],
	['0044 20 7946 0018', 'US'],
	['011 44 20 7946 0018', 'US'],
	['011 44 20 7946 0018', 'GB'],
	['020 7946 0018', 'GB'],
	['(020) 7946 0018', 'gb'],
	['020 7946 0018', 'UK'],
	['2079460018', 'GB'],
	[2079460018, 'GB'],
	[442079460018, 'GB'],
	['442079460018.0', 'GB'],
	["'02079460018", 'GB'],
	['’+442079460018', ''],
	['="02079460018"', 'GB'],
	['"+442079460018"', ''],
	['\u00a0020\u00a07946\u00a00018\u00a0', 'GB'],
	['\u202a+44 20\u200b 7946\ufeff 0018\u202c', ''],
	['＋４４　２０　７９４６　００１８', ''],
	['+٤٤٢٠٧٩٤٦٠٠١٨', ''],
	[{ phoneNumber: '+44 20 7946 0018' }, ''],
])('%j with default country %j is a number in London', (cell, country) => {
	expect(understood(cell, country)).toEqual({
		phoneNumber: LONDON,
		country: 'GB',
		numberType: 'FIXED_LINE',
		nationalFormat: '020 7946 0018',
		internationalFormat: '+44 20 7946 0018',
	});
});

test('Leeds begins with 0113, which is not the international prefix 011', () => {
	expect(understood('0113 496 0000', 'GB').phoneNumber).toBe('+441134960000');
	expect(refusal('0113 496 0000').message).toContain('does not say which country');
});

test.each([
	['', '', 'is empty'],
	['   ', 'GB', 'is empty'],
	[null, '', 'is empty'],
	[undefined, '', 'is empty'],
	[{}, '', 'is empty'],
	['020 7946 0018', '', 'does not say which country'],
	[442079460018, '', 'does not say which country'],
	['12', 'GB', 'too short'],
	['+44 20', '', 'too short'],
	['020 7946', 'GB', 'no such number in GB'],
	['+44 20 794 600', '', 'too few or too many digits'],
	['+44 20 7946 0018 1234', '', 'too long'],
	['0207946001812345678901', 'GB', 'too long'],
	['+44 7700 900123', '', 'no such number'],
	['+1 555 555 5555', '', 'no such number'],
	['+999 123 456 789', '', 'no country’s code'],
	['1-800-FLOWERS', 'US', 'is not a phone number'],
	['call me', 'GB', 'is not a phone number'],
	['+', '', 'is not a phone number'],
	['+44 20 7946 0018, +44 20 7946 0019', '', 'is not a phone number'],
	['+44 20 7946 0018 x5', '', 'has an extension'],
	['+44 20 7946 0018 ext. 5', '', 'has an extension'],
	['tel:+442079460018;ext=5', '', 'has an extension'],
	['4.42079E+11', 'GB', 'spreadsheet has rounded'],
	['112', 'GB', 'too short'],
	['911', 'US', 'too short'],
])('%j with default country %j is refused: %s', (cell, country, reason) => {
	const error = refusal(cell, country);
	expect(error.code).toBe('invalidPhoneNumber');
	expect(error.message.toLowerCase()).toContain(reason.toLowerCase());
	expect(error.details.description).toMatch(/^[A-Z].*\.$/s);
});

test('a number with a digit too many is never taken for one of another country', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 10 }), (digit, place) => {
			const national = '2079460018';
			const typo = `${national.slice(0, place)}${digit}${national.slice(place)}`;
			try {
				expect(understood(typo, 'GB').country).toMatch(/^(GB|GG|JE|IM)$/);
			} catch (error) {
				expect(error).toBeInstanceOf(CallError);
			}
		}),
		{ numRuns: 200, seed: 1 },
	);
});

test.each([
	['+1 900 555 0123', 'premium-rate'],
	['+44 871 234 5678', 'premium-rate'],
	['+49 180 1 234567', 'shared-cost'],
])('%s is %s and only called when that is allowed', (cell, kind) => {
	const error = refusal(cell);
	expect(error.code).toBe('notAllowed');
	expect(error.message).toContain(kind);
	expect(understood(cell, '', { allowPremium: true }).phoneNumber).toMatch(/^\+/);
});

test('only allowed countries are called; none chosen allows all', () => {
	const allowedCountries = ['gb', 'US'];
	expect(understood(LONDON, '', { allowedCountries }).country).toBe('GB');
	const error = refusal('+33 1 42 68 53 00', '', { allowedCountries });
	expect(error.code).toBe('notAllowed');
	expect(error.details.description).toContain('FR');
	expect(refusal('+800 1234 5678', '', { allowedCountries }).code).toBe('notAllowed');
	expect(understood('+800 1234 5678').country).toBeUndefined();
});

test('“possible” also takes a number whose range is not handed out, and no other', () => {
	const rules = { numberCheck: 'possible' };
	expect(understood('+44 7700 900123', '', rules).phoneNumber).toBe('+447700900123');
	expect(refusal('+44 20', '', rules).code).toBe('invalidPhoneNumber');
});

test('a default country that does not exist is said', () => {
	expect(refusal(LONDON, 'Atlantis')).toMatchObject({ code: 'badRequest' });
});

describe('in every country of the world', () => {
	const numbers = getCountries().flatMap((country: CountryCode) => {
		const number = getExampleNumber(country, examples);
		return number?.isValid() ? [{ country, number }] : [];
	});

	test.each(numbers)(
		'the ways to write a number of $country mean the same',
		({ country, number }) => {
			const code = getCountryCallingCode(country);
			const rules = { allowPremium: true };
			const ways = [
				[number.number, ''],
				[number.formatInternational(), ''],
				[`00${code}${number.nationalNumber}`, ''],
				[number.formatNational(), country],
				[number.formatNational().replace(/[\s-]/g, '\u00a0'), country],
			] as const;
			for (const [written, defaultCountry] of ways) {
				expect(understood(written, defaultCountry, rules).phoneNumber).toBe(number.number);
			}
		},
	);
});

import { refusal, understood } from '../../support/unit/phoneNumbers/understood.mts';

const LONDON = '+442079460018';

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
	[{ number: 442079460018 }, 'GB'],
	['(+44) 20 7946 0018', ''],
	['+ 44 20 7946 0018', ''],
	['tel: 020 7946 0018', 'GB'],
	['“020 7946 0018”', 'GB'],
	['\t020\u20117946\u22120018\r\n', 'GB'],
	['+44\u061c2079460018', ''],
	['00442079460018.0', ''],
	[2079460018n, 'GB'],
])('%j with default country %j is a number in London', (cell, country) => {
	expect(understood(cell, country)).toEqual({
		phoneNumber: LONDON,
		country: 'GB',
		numberType: 'FIXED_LINE',
		nationalFormat: '020 7946 0018',
		internationalFormat: '+44 20 7946 0018',
	});
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
	['+999 123 456 789', '', 'valid country code'],
	['1-800-FLOWERS', 'US', 'is not a phone number'],
	['call me', 'GB', 'is not a phone number'],
	['+', '', 'is not a phone number'],
	['+44 20 7946 0018, +44 20 7946 0019', '', 'more than one number'],
	['+44 20 7946 0018 x5', '', 'has an extension'],
	['+44 20 7946 0018 ext. 5', '', 'has an extension'],
	['tel:+442079460018;ext=5', '', 'has an extension'],
	['4.42079E+11', 'GB', 'spreadsheet has rounded'],
	['4,42079E+11', 'DE', 'spreadsheet has rounded'],
	[4.42e21, 'GB', 'spreadsheet has rounded'],
	['+44 20 7946 OO18', '', 'is not a phone number'],
	['020 7946 0018 / 020 7946 0019', 'GB', 'more than one number'],
	['2079460018.5', 'GB', 'too long'],
	['+44 20 7946 0018#5', '', 'has an extension'],
	[true, '', 'is not a phone number'],
	[Number.NaN, 'GB', 'is not a phone number'],
	['112', 'GB', 'too short'],
	['911', 'US', 'too short'],
])('%j with default country %j is refused: %s', (cell, country, reason) => {
	const error = refusal(cell, country);
	expect(error.code).toBe('invalidPhoneNumber');
	expect(error.message.toLowerCase()).toContain(reason.toLowerCase());
	expect(error.details.description).toMatch(/^[A-Z].*\.$/s);
});

test.each([
	['+1 900 555 0123', 'premium-rate'],
	['+44 871 234 5678', 'premium-rate'],
	['+49 180 1 234567', 'shared-cost'],
	['+8816 1234 5678', 'satellite'],
	['+870 773 111 632', 'satellite'],
	['+882 16 12345678', 'satellite'],
	['00881 612 345 678', 'satellite'],
])('%s is %s and only called when that is allowed', (cell, kind) => {
	const error = refusal(cell);
	expect(error.code).toBe('notAllowed');
	expect(error.message).toContain(kind);
	expect(understood(cell, '', { allowPremium: true }).phoneNumber).toMatch(/^\+/);
});

test('only allowed countries are called; none chosen allows all', () => {
	const allowedCountries = ['gb', 'US', ''];
	expect(understood(LONDON, '', { allowedCountries }).country).toBe('GB');
	expect(understood(LONDON, '', { allowedCountries: ['UK'] }).country).toBe('GB');
	expect(understood('+33 1 42 68 53 00', '', { allowedCountries: [''] }).country).toBe('FR');
	const error = refusal('+33 1 42 68 53 00', '', { allowedCountries });
	expect(error.code).toBe('notAllowed');
	expect(error.details.description).toContain('FR');
	expect(refusal('+800 1234 5678', '', { allowedCountries }).code).toBe('notAllowed');
	expect(understood('+800 1234 5678').country).toBeUndefined();
});

test('“possible” also takes a number whose range is not handed out, and no other', () => {
	const rules = { numberCheck: 'possible' } as const;
	expect(understood('+44 7700 900123', '', rules).phoneNumber).toBe('+447700900123');
	expect(refusal('+44 20', '', rules).code).toBe('invalidPhoneNumber');
	const outside = { ...rules, allowedCountries: ['FR'] };
	expect(refusal('+44 7700 900123', '', outside).code).toBe('notAllowed');
	expect(refusal('+44 871 234 5678', '', rules).code).toBe('notAllowed');
});

test('a default country that does not exist is said', () => {
	expect(refusal(LONDON, 'Atlantis')).toMatchObject({ code: 'badRequest' });
	expect(refusal(LONDON, '', { allowedCountries: ['Atlantis'] }).message).toContain(
		"“Atlantis” in 'Allowed Countries' is not a country code",
	);
});

describe('with “possible”, where any number of the right length counts', () => {
	const rules = { numberCheck: 'possible' } as const;

	test.each([
		['07700 900123', 'GB', '+447700900123'],
		['(555) 555-0123', 'US', '+15555550123'],
		['555.555.0123', 'US', '+15555550123'],
		['0044 7700 900123', 'DE', '+447700900123'],
		['4792345678', 'US', '+14792345678'],
	])('%s is as its country writes it', (cell, country, number) => {
		expect(understood(cell, country, rules).phoneNumber).toBe(number);
	});

	test('digits alone that may be a foreign number without its plus are refused', () => {
		expect(refusal('4791234567', 'US', rules).message).toContain('two different numbers');
		expect(refusal(4791234567, 'US', rules).message).toContain('two different numbers');
	});
});

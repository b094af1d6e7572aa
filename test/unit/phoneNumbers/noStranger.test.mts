import { refusal, understood } from '../../support/unit/phoneNumbers/understood.mts';

describe('British and Japanese local numbers that begin with 011', () => {
	test.each([
		['0113 496 0000', 'GB', '+441134960000'],
		['(0113) 496-0000', 'GB', '+441134960000'],
		['0118 496 0000', 'GB', '+441184960000'],
		['011-290-2234', 'JP', '+81112902234'],
	])('%s with default country %s is a number there', (written, country, number) => {
		expect(understood(written, country).phoneNumber).toBe(number);
	});

	test.each([
		['Leeds without a country', '0113 496 0000', ''],
		['Leeds, a digit too many', '0113 496 00001', 'GB'],
		// +43 1 … is Vienna.
		['Sheffield, a digit too many', '0114 312 34567', 'GB'],
		['Sheffield, two digits too many, without a country', '0114 312 345678', ''],
		// +290 … is Saint Helena.
		['Sapporo, a digit too many', '011-290-22345', 'JP'],
		['011 where it is not dialed', '011 33 1 42 68 53 00', 'GB'],
	])('%s rings nobody abroad', (_, written, country) => {
		expect(refusal(written, country).code).toBe('invalidPhoneNumber');
	});
});

test.each([
	['011 33 1 42 68 53 00', 'US', '+33142685300'],
	['011 33 1 42 68 53 00', 'CA', '+33142685300'],
	['011 44 20 7946 0018', 'GB', '+442079460018'],
	['01133142685300', '', '+33142685300'],
	['0033 1 42 68 53 00', 'US', '+33142685300'],
	['00 33 (0)1 42 68 53 00', 'DE', '+33142685300'],
	['(0033) 1 42 68 53 00', '', '+33142685300'],
	['00376 312345', 'JP', '+376312345'],
])('%s with default country %j is abroad', (written, country, number) => {
	expect(understood(written, country).phoneNumber).toBe(number);
});

describe('the zero in brackets is the one that is not dialed from abroad', () => {
	test.each([
		['+44 (0)20 7946 0018', '+442079460018'],
		['+49 (0) 30 123456', '+4930123456'],
		['+48 (0)22 123 45 67', '+48221234567'],
		['0048 (0)22 123 45 67', '+48221234567'],
		['+34 (0)912 345 678', '+34912345678'],
	])('%s', (written, number) => expect(understood(written).phoneNumber).toBe(number));

	test('but for countries like Italy, where it is', () => {
		expect(understood('+39 (0)6 6981 2345').phoneNumber).toBe('+390669812345');
	});
});

describe('what can be read as two different real numbers is refused', () => {
	test.each([
		['4915123456789', 'DE', '+49 1512 3456789 (DE)'],
		[4915123456789, 'DE', '+49 1512 3456789 (DE)'],
		['62812345678', 'ID', '+62 812 345 678 (ID)'],
		// Mobiles that lost their plus, each a landline of Germany or Austria as well.
		['447400123456', 'DE', '+44 7400 123456 (GB)'],
		[447400123456, 'DE', '+44 7400 123456 (GB)'],
		['33617153573', 'DE', '+33 6 17 15 35 73 (FR)'],
		['33617153573', 'AT', '+33 6 17 15 35 73 (FR)'],
		['41791234567', 'DE', '+41 79 123 45 67 (CH)'],
		// 00 begins the prefixes of these countries, and a digit of the carrier follows.
		['0049 151 23456789', 'SG', '+49 1512 3456789 (DE)'],
		['001 646 555 0123', 'SG', '+1 646 555 0123 (US)'],
		// Dialed abroad from Russia, or a Russian number that begins like this.
		['81082191364278', 'RU', '+7 8108 2191 364 278 (RU)'],
		// 00 and Korea's code before a trunk prefix, or Egypt's code behind the prefix 008 of a carrier.
		['00 82 0151 845 4500', 'KR', '+20 15 18454500 (EG)'],
		// In a numeric cell the zero of an Italian landline may be lost as well.
		[800123456, 'IT', '+39 800 123 456 (IT)'],
	])('%j with default country %s may be %s', (cell, country, rival) => {
		const error = refusal(cell, country, { allowPremium: true });
		expect(error.code).toBe('invalidPhoneNumber');
		expect(error.message).toContain('two different numbers');
		expect(error.details.description).toContain(rival);
		expect(error.details.description).toContain('with +');
	});

	test.each([
		['447400123456', 'DE', true],
		[4915123456789, 'DE', false],
	])(
		"%j with default country %s: 'Allowed Countries' is named where it helps",
		(cell, country, helps) => {
			expect(refusal(cell, country).details.description?.includes("'Allowed Countries'")).toBe(
				helps,
			);
		},
	);

	test.each([
		['+4915123456789', 'DE', '+4915123456789'],
		['015123456789', 'DE', '+4915123456789'],
		[15123456789, 'DE', '+4915123456789'],
		[442079460018, 'GB', '+442079460018'],
		// 39 begins both Italy’s code and Italian mobile numbers.
		['392 123 4567', 'IT', '+393921234567'],
		['390 123 4567', 'IT', '+393901234567'],
		// 00 before the default country's own code is that country.
		['0055 51 99876-5432', 'BR', '+5551998765432'],
		['0066 62 234 5678', 'TH', '+66622345678'],
		['0065 6123 4567', 'SG', '+6561234567'],
		// The zero of an Italian landline belongs to the number, and a numeric cell lost it.
		[612345678, 'IT', '+390612345678'],
		['800 123456', 'IT', '+39800123456'],
		['800123456', 'IT', '+39800123456'],
		// As Spain writes it, and not as Myanmar's number that lost its plus.
		['951 23 45 67', 'ES', '+34951234567'],
		['951 234 567', 'ES', '+34951234567'],
	])('%j with default country %s is clear', (cell, country, number) => {
		expect(understood(cell, country, { allowPremium: true }).phoneNumber).toBe(number);
	});

	test('spaces may tell that it is the foreign one', () => {
		expect(refusal('95 1 234 567', 'ES').message).toContain('two different numbers');
	});
});

describe('the two exceptions', () => {
	test('a bare mobile number of the default country is read as such', () => {
		expect(understood('15123456789', 'DE').phoneNumber).toBe('+4915123456789');
		expect(understood('+15123456789').country).toBe('US');
		expect(understood(3123456789, 'IT').phoneNumber).toBe('+393123456789');
	});

	test('a number outside the allowed countries is no rival', () => {
		expect(refusal(2079460018, 'KR').code).toBe('invalidPhoneNumber');
		expect(refusal('33617153573', 'AT').message).toContain('two different numbers');
		const onlyAustria = { allowedCountries: ['AT'] };
		expect(understood('33617153573', 'AT', onlyAustria).phoneNumber).toBe('+4333617153573');
	});
});

describe('a foreign number that lost its plus is never called for that reason alone', () => {
	test.each([
		[447400123456, 'US', '+44 7400 123456 (GB)'],
		['447400123456', 'FR', '+44 7400 123456 (GB)'],
		['33 6 17 15 35 73', 'GB', '+33 6 17 15 35 73 (FR)'],
	])(
		'%j with default country %s: the message says which one it would be',
		(cell, country, number) => {
			const error = refusal(cell, country);
			expect(error.code).toBe('invalidPhoneNumber');
			expect(error.details.description).toContain(`If it is ${number}, write it with the +.`);
		},
	);

	test('without a default country numbers carry their country', () => {
		expect(refusal(447400123456).message).toContain('does not say which country');
		expect(refusal('447400123456').message).toContain('does not say which country');
	});
});

test.each(['+52 1 664 899 1010', '0052 1 664 899 1010', '+5216648991010'])(
	'%s says that Mexico dropped the 1',
	(cell) => {
		expect(refusal(cell, 'MX').details.description).toBe(
			'Mexico no longer uses the 1 after 52. Leave it out.',
		);
		expect(understood('+52 664 899 1010').phoneNumber).toBe('+526648991010');
	},
);

test.each(['(876) 555-0123', '416-555-0123'])(
	'%s is dialed like a number in the US, and kept out where only the US is allowed',
	(cell) => {
		expect(refusal(cell, 'US', { allowedCountries: ['US'] }).code).toBe('notAllowed');
	},
);

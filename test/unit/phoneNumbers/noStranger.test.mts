import { refusal, understood } from './understood.mts';

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
		['011 where it is not dialled', '011 33 1 42 68 53 00', 'GB'],
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

describe('the zero in brackets is the one that is not dialled from abroad', () => {
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

describe('what can be read in two ways is refused', () => {
	test.each([
		['4915123456789', 'DE'],
		[4915123456789, 'DE'],
		['62812345678', 'ID'],
	])('%j in %s: its plus or its zero is lost', (cell, country) => {
		const error = refusal(cell, country);
		expect(error.code).toBe('invalidPhoneNumber');
		expect(error.message).toContain('two different numbers');
		expect(error.details.description).toContain('with +');
	});

	test.each([
		['+4915123456789', 'DE', '+4915123456789'],
		['015123456789', 'DE', '+4915123456789'],
		[15123456789, 'DE', '+4915123456789'],
		[442079460018, 'GB', '+442079460018'],
		// 39 begins both Italy’s code and Italian mobile numbers.
		['392 123 4567', 'IT', '+393921234567'],
		['390 123 4567', 'IT', '+393901234567'],
	])('%j in %s is clear', (cell, country, number) => {
		expect(understood(cell, country).phoneNumber).toBe(number);
	});

	test('two numbers in one cell', () => {
		expect(refusal('030 123456/7', 'DE').message).toContain('more than one number');
		expect(understood('030/123456', 'DE').phoneNumber).toBe('+4930123456');
	});
});

test.each(['(876) 555-0123', '416-555-0123'])(
	'%s is dialled like a number in the US, and kept out where only the US is allowed',
	(cell) => {
		expect(refusal(cell, 'US', { allowedCountries: ['US'] }).code).toBe('notAllowed');
	},
);

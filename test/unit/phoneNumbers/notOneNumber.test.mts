import { refusal, refusedAs, understood } from '../../support/unit/phoneNumbers/understood.mts';

describe('several numbers in a cell are never made one', () => {
	const twoNumbers = [
		['030 12345', '12346', 'DE'],
		['030-12345', '030-12346', 'DE'],
		['0664 1234567', '568', 'AT'],
		['030 123456', '7', 'DE'],
		['+44 20 7946 0018', '+44 20 7946 0019', 'GB'],
		['020 7946 0018', '9', 'GB'],
		['020 7946 0018', '0207 946 0019', 'GB'],
		['612 345 678', '612 345 679', 'ES'],
		['(212) 555-0123', '0124', 'US'],
	] as const;
	const between = [
		...[
			'/',
			' / ',
			',',
			', ',
			';',
			'; ',
			'|',
			' & ',
			'\n',
			'\r\n',
			'\t',
			' or ',
			' oder ',
			' and ',
		],
		...[' und ', ' ou ', ' y ', ' o ', ' / mobile: ', ', mobile ', ' Tel. ', ' (home), '],
	];
	refusedAs(
		'more than one number',
		twoNumbers.flatMap(([first, second, country]) =>
			between.map((sign) => [`${first}${sign}${second}`, country] as const),
		),
	);
	refusedAs('more than one number', [
		['+49 231 12345-0/-12', 'DE'],
		['030 123456-7/-8', 'DE'],
		['030 12345/46/47', 'DE'],
		['40123/40124', 'DE'],
		['12345/6', 'DE'],
		['030 12345 - 12346', 'DE'],
		['030 12345  12346', 'DE'],
		['0301234 0301235', 'DE'],
		['+49 30 12345 +49 30 12346', 'DE'],
		['1. 030 12345', 'DE'],
		['(2) 030 12345', 'DE'],
	]);

	test.each([
		['030/123456', 'DE', '+4930123456'],
		['030 / 12 34 56', 'DE', '+4930123456'],
		['(030)/123456', 'DE', '+4930123456'],
		['0664/1234567', 'AT', '+436641234567'],
		['+49 30/123456', '', '+4930123456'],
		['+4930/123456', '', '+4930123456'],
		['0049 30/123456', 'FR', '+4930123456'],
		['347/1234567', 'IT', '+393471234567'],
		['030 123456-58', 'DE', '+493012345658'],
		['030 / 123 456 - 58', 'DE', '+493012345658'],
		['(201) 555 - 0123', 'US', '+12015550123'],
		['1. 212 555 0123', 'US', '+12125550123'],
		['020 7946 0018,', 'GB', '+442079460018'],
	])('%j with default country %j is one number', (cell, country, number) => {
		expect(understood(cell, country).phoneNumber).toBe(number);
	});
});

describe('a date is never dialed', () => {
	const days = [
		[1986, 10, 5],
		[2026, 3, 29],
		[2024, 5, 6],
		[1999, 12, 31],
		[2001, 1, 1],
	] as const;
	const pad = (part: number) => String(part).padStart(2, '0');
	const written = days.flatMap(([year, month, day]) => [
		...['.', '-', '/'].flatMap((sign) => [
			[pad(day), pad(month), year].join(sign),
			[day, month, year].join(sign),
			[pad(month), pad(day), year].join(sign),
			[pad(day), pad(month), pad(year % 100)].join(sign),
			[year, pad(month), pad(day)].join(sign),
		]),
		`${pad(day)}. ${pad(month)}. ${year}`,
		`${pad(day)} ${pad(month)} ${year}`,
		`${year}-${pad(month)}-${pad(day)} 08:30:00`,
		`${pad(day)}.${pad(month)}.${year}, 08:30`,
		new Date(Date.UTC(year, month - 1, day)),
		new Date(Date.UTC(year, month - 1, day)).toISOString(),
		new Date(Date.UTC(year, month - 1, day)).toDateString().slice(4),
		`${day} January ${year}`,
		`January ${day}, ${year}`,
	]);
	for (const country of ['DE', 'IT', 'NO', 'US', 'GB', 'CN']) {
		refusedAs(
			'is a date',
			written.map((cell) => [cell, country] as const),
		);
	}
	refusedAs('is a date', [
		['19861005', 'AT'],
		[19861005, 'SE'],
		[{ toISODate: () => '1986-10-05' }, 'DE'],
	]);

	test('but an eight-digit number of a country that has them is one', () => {
		expect(understood('20 26 03 29', 'DK').phoneNumber).toBe('+4520260329');
		expect(understood('20260329', 'DK').phoneNumber).toBe('+4520260329');
		expect(understood(20_260_329, 'DK').phoneNumber).toBe('+4520260329');
	});

	test('and so is what only one country writes like this', () => {
		expect(understood('05.08.44', 'NC').phoneNumber).toBe('+687050844');
	});
});

describe('what a calculation, or too narrow a column, made of a number', () => {
	refusedAs('is an amount', [
		[-9_999_999_908, 'IN'],
		['-9999999908', 'IN'],
		['-9999999908.0', 'IN'],
		[2_079_460_018.5, 'GB'],
		['442,079,460,018', 'GB'],
	]);
	refusedAs('rounded', [
		[447_912_000_000, 'GB'],
		[4_915_123_400_000, 'DE'],
		['4.42079E+11', 'GB'],
		['4,42079E+11', 'DE'],
		['4.420794600E11', 'GB'],
		['2.12555E+09', 'US'],
		['1e10', 'US'],
		[4.42e21, 'GB'],
		[1_234_567_890_123_456, 'GB'],
	]);

	test.each([
		['4.42079460018E11', 'GB', '+442079460018'],
		['4.42079460018e+11', 'GB', '+442079460018'],
		['442079460018.0', 'GB', '+442079460018'],
		['+442079460018.0', '', '+442079460018'],
		['02079460018.00', 'GB', '+442079460018'],
		[62_000_000, 'SG', '+6562000000'],
	])('%j with default country %j has all of its digits', (cell, country, number) => {
		expect(understood(cell, country).phoneNumber).toBe(number);
	});
});

describe('lists and objects', () => {
	test.each([
		[['+447400123456']],
		['["+447400123456"]'],
		[[447400123456]],
		[[['+447400123456']]],
		[{ phone: '+447400123456' }],
		['{"phone": "+447400123456"}'],
		[[{ phone: '+447400123456' }]],
	])('%j is the one entry that it has', (cell) => {
		expect(understood(cell, 'GB').phoneNumber).toBe('+447400123456');
	});

	refusedAs('is a list', [
		[['+447400123456', '+447400123457'], 'GB'],
		['["+447400123456", "+447400123457"]', 'GB'],
	]);
	refusedAs('several fields', [
		[[{ value: '+447400123456', label: 'work' }], 'GB'],
		['[{"value":"+447400123456","label":"work"}]', 'GB'],
		[{ value: '+447400123456', label: 'work' }, 'GB'],
		[{ phone: { number: '+447400123456' } }, 'GB'],
	]);

	test('the message names the expression to use', () => {
		expect(refusal(['+447400123456', '+447400123457']).details.description).toContain(
			'{{ $json.phone[0] }}',
		);
		expect(refusal([{ value: '1', label: 'work' }]).details.description).toContain(
			'{{ $json.phone[0].value }}',
		);
	});

	test('an empty one is empty', () => {
		expect(refusal([]).message).toContain('is empty');
		expect(refusal('[]').message).toContain('is empty');
		expect(refusal({}).message).toContain('is empty');
	});
});

describe('a footnote mark is no digit', () => {
	refusedAs('footnote mark', [
		...Array.from('¹²³⁴⁵⁶⁷⁸⁹⁰₁①②⑴⒈❶➀½', (sign) => [`030 123456${sign}`, 'DE'] as const),
		['030 1②3456', 'DE'],
		['030 12345\u0036\ufe0f\u20e3', 'DE'],
		['030 123456 (1)', 'DE'],
		['030 123456 [2]', 'DE'],
		['030 123456*', 'DE'],
		['030 123456 *2', 'DE'],
		['030 123456†', 'DE'],
		['030 123456^1', 'DE'],
	]);
});

describe('an extension can’t be dialed', () => {
	refusedAs('has an extension', [
		['+44 20 7946 0018 x5', ''],
		['+44 20 7946 0018x 5', ''],
		['+44 20 7946 0018 ext. 5', ''],
		['+44 20 7946 0018 (ext 5)', ''],
		['+44 20 7946 0018 extension 512', ''],
		['tel:+442079460018;ext=5', ''],
		['+44 20 7946 0018#5', ''],
		['+44 20 7946 0018,,5', ''],
		['030 123456 Durchwahl 12', 'DE'],
		['030 123456 DW 12', 'DE'],
		['01 42 68 53 00 poste 12', 'FR'],
		['8 495 123-45-67 доб. 12', 'RU'],
	]);
});

import { CallError } from '../../../nodes/shared/errors/callError.ts';
import { entriesOfJson, readMetadata } from '../../../nodes/shared/metadata/readMetadata.ts';

function refusal(work: () => unknown): CallError {
	try {
		work();
	} catch (error) {
		expect(error).toBeInstanceOf(CallError);
		expect(error).toHaveProperty('code', 'badRequest');
		return error as CallError;
	}
	throw new Error('It was taken');
}

describe('what a spreadsheet or a CRM has becomes text', () => {
	test.each<[unknown, string]>([
		['Ann', 'Ann'],
		['', ''],
		['  kept as it is ', '  kept as it is '],
		['naïve 日本 🎉', 'naïve 日本 🎉'],
		[1234, '1234'],
		[0, '0'],
		[-1.5, '-1.5'],
		[442079460018, '442079460018'],
		[12345678901234567890n, '12345678901234567890'],
		[true, 'true'],
		[false, 'false'],
		[new Date('2026-11-24T09:00:00Z'), '2026-11-24T09:00:00.000Z'],
		[{ toISO: () => '2026-11-24T10:00:00.000+01:00' }, '2026-11-24T10:00:00.000+01:00'],
	])('%p', (value, text) => expect(readMetadata([['key', value]])).toEqual({ key: text }));

	test.each([null, undefined])('%p is not known, so it is not said', (value) => {
		expect(
			readMetadata([
				['known', 1],
				['other', value],
			]),
		).toEqual({ known: '1' });
		expect(readMetadata([['other', value]])).toBeUndefined();
	});
});

describe('what has no text of its own is refused', () => {
	test.each<[unknown, string]>([
		[['a', 'b'], 'a list'],
		[[], 'a list'],
		[{ city: 'London' }, 'an object with parts of its own'],
		[{}, 'an object with parts of its own'],
		[Number.NaN, 'not a number'],
		[Infinity, 'not a number'],
		[new Date('nonsense'), 'not a date'],
	])('%j', (value, what) => {
		const { message, details } = refusal(() => readMetadata([['address', value]]));
		expect(message).toBe(`The metadata “address” is ${what}`);
		expect(details.description).toContain('PolyAI takes only text');
	});
});

describe('names', () => {
	test('may have letters, digits, _ and -; blanks around them do not matter', () => {
		expect(readMetadata([[' Order_no-7 ', 'x']])).toEqual({ 'Order_no-7': 'x' });
	});

	test.each(['first name', 'naïve', 'a.b', 'a:b', 'a/b', 'a\r\nb', '日本', '{}'])(
		'“%s” cannot be used',
		(name) => {
			expect(refusal(() => readMetadata([[name, 'x']])).message).toBe(
				`The metadata name “${name}” cannot be used`,
			);
		},
	);

	test.each(['', '  ', null, undefined])(
		'a field with a value but no name (%p) is said',
		(name) => {
			expect(refusal(() => readMetadata([[name, 'x']])).message).toBe(
				'A metadata field has no name',
			);
		},
	);

	test('a field that was added and left empty is nothing', () => {
		expect(readMetadata([['', '']])).toBeUndefined();
		expect(readMetadata([])).toBeUndefined();
	});

	test('one that occurs twice is said: nobody could tell which is meant', () => {
		const twice = () =>
			readMetadata([
				['a', null],
				['a', '2'],
			]);
		expect(refusal(twice).message).toBe('The metadata name “a” occurs more than once');
	});
});

describe('the limit of 26 kB', () => {
	/** In JSON, with the name `a` and its quotes, nine bytes more. */
	const ofBytes = (bytes: number) => readMetadata([['a', 'x'.repeat(bytes - 8)]]);
	/** The most that in base64 stays below 26 × 1024. */
	const MOST = ((26 * 1024) / 4) * 3 - 3;

	test('the largest that fits is taken', () => {
		const metadata = ofBytes(MOST) ?? {};
		const base64 = Buffer.from(JSON.stringify(metadata)).toString('base64').length;
		expect(base64).toBeLessThan(26 * 1024);
		expect(base64).toBeGreaterThan(26 * 1024 - 5);
	});

	test('one byte more is refused, and both sizes are said', () => {
		const { message, details } = refusal(() => ofBytes(MOST + 1));
		expect(message).toBe('The metadata is too large');
		expect(details.description).toContain('less than 26 kB with a call, and this is 26 kB');
		expect(refusal(() => ofBytes(30_000)).details.description).toContain('this is 39.1 kB');
	});

	test('letters that take more room count as what they take', () => {
		expect(refusal(() => readMetadata([['a', 'é'.repeat(MOST / 2)]])).message).toBe(
			'The metadata is too large',
		);
	});
});

describe('JSON', () => {
	test.each<[unknown]>([
		['{"name":"Ann","age":42,"vip":true,"note":null}'],
		[' {"name": "Ann", "age": 42, "vip": true, "note": null} '],
		[{ name: 'Ann', age: 42, vip: true, note: null }],
	])('%j', (given) => {
		expect(readMetadata(entriesOfJson(given))).toEqual({ name: 'Ann', age: '42', vip: 'true' });
	});

	test.each(['', '  ', '{}', {}, null, undefined])('%j is no metadata', (given) => {
		expect(readMetadata(entriesOfJson(given))).toBeUndefined();
	});

	test.each(['{"a":', '{a: 1}', "{'a': 1}", 'Ann'])('%s cannot be read', (given) => {
		const { message, details } = refusal(() => entriesOfJson(given));
		expect(message).toBe('The metadata cannot be read as JSON');
		expect(details.description).toContain('{"name": "Ann"');
	});

	test.each(['[1]', '7', '"Ann"', 'true', 'null', [1], 7, true])('%j is no object', (given) => {
		expect(refusal(() => entriesOfJson(given)).message).toBe('The metadata is not a JSON object');
	});

	test('a nested object is refused by its name', () => {
		const nested = () => readMetadata(entriesOfJson('{"address":{"city":"London"}}'));
		expect(refusal(nested).message).toContain('“address”');
	});
});

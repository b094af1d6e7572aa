import { errorsOf } from '../../../nodes/shared/errors/errorsOf.ts';
import { fill, textsOf } from '../../../nodes/shared/errors/fillText.ts';

describe('a text', () => {
	test.each([
		['has a value where its name stands', '{a} and {b}', 'one and 2'],
		['may name a value more than once', '{a}, {a}', 'one, one'],
		['has a part in brackets when its value is there', 'Refused[: {a}]', 'Refused: one'],
		['loses it when the value is missing', 'Refused[: {none}].', 'Refused.'],
		['loses it when the value is empty', 'Refused[: {empty}].', 'Refused.'],
		['loses it when one of several values is missing', 'Refused[: {a} {none}].', 'Refused.'],
		['keeps one part and loses the other', '[{none} ]Refused[ in {a}]', 'Refused in one'],
		[
			'has an example of an expression as it is',
			'{{ $json.phone[0] }} {a}',
			'{{ $json.phone[0] }} one',
		],
		['has an example of JSON as it is', '{"name": "Ann"} {a}', '{"name": "Ann"} one'],
		['has brackets without a name as they are', 'Put [0] behind {a}', 'Put [0] behind one'],
	])('%s', (_, text, filled) => expect(fill(text, { a: 'one', b: 2, empty: '' })).toBe(filled));

	test.each(['{b}', '[: {b}]', '[x]', '{{ $json.b }}', '$&', '$1', '“{b}”'])(
		'shows a value that looks like a part of a text as it is: %s',
		(a) => {
			expect(fill('{a}|[({a})]|“{a}”', { a, b: 'two' })).toBe(`${a}|(${a})|“${a}”`);
		},
	);

	test('shows the beginning of a long value in quotes', () => {
		expect(fill('“{a}” {a}', { a: 'x'.repeat(81) })).toBe(`“${'x'.repeat(80)}” ${'x'.repeat(81)}`);
	});
});

describe('who forgets a value', () => {
	const notFound = errorsOf('notFound', {
		call: ['No call {callSid}[: {said}]', 'Look in {place}[ or {other}]. {{ $json.id }}'],
		nothing: ['Nothing is there', 'Write {"name": "Ann"}[ or {other}].'],
	});
	const texts = textsOf({ number: 'It is {number}[, {other}].' });

	test('is told so by the compiler', () => {
		notFound.call({ callSid: 'OUT-1', place: 'Agent Studio' });
		notFound.call({ callSid: 'OUT-1', place: 'Agent Studio', said: undefined, other: 1 });
		notFound.nothing();
		notFound.nothing({ other: 'so', phoneNumber: '+442079460018' });
		texts.number({ number: 1 });
		// @ts-expect-error no place
		notFound.call({ callSid: 'OUT-1' });
		// @ts-expect-error no values
		notFound.call();
		// @ts-expect-error not one of its values
		notFound.nothing({ place: 'Agent Studio' });
		// @ts-expect-error no number
		texts.number({ other: 1 });
		// @ts-expect-error no such error
		expect(notFound.other).toBeUndefined();
	});
});

test('an error has its texts filled, and knows of the call what it was given', () => {
	const notFound = errorsOf('notFound', { call: ['No call {callSid}', 'Look in {place}'] });
	const error = notFound.call({ callSid: 'OUT-1', place: 'Agent Studio', httpStatus: 404 });

	expect(error).toMatchObject({ code: 'notFound', message: 'No call OUT-1' });
	expect(error.details).toEqual({
		callSid: 'OUT-1',
		httpStatus: 404,
		description: 'Look in Agent Studio',
	});
	expect(Object.keys(error.details)).not.toContain('phoneNumber');
	expect(error.inWords).toBe('No call OUT-1. Look in Agent Studio');
	expect(error.notPlaced().saying({ last: 'Or not.' }).details.description).toBe(
		'No call was placed. Look in Agent Studio Or not.',
	);
});

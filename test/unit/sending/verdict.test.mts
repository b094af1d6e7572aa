import { NoAnswer } from '../../../nodes/shared/http/transport.ts';
import type { Result } from '../../../nodes/shared/sending/request.ts';
import {
	mayReadAgain,
	verdictOnTrigger,
	type Verdict,
} from '../../../nodes/shared/sending/verdict.ts';
import { answer } from '../support/sender.mts';

/** Promise 1 of the design, line by line: with the option "Retry Server Errors" on, and off. */
const table: Array<[string, Result, Verdict, Verdict]> = [
	['refused by 429', answer(429), 'tryAgain', 'tryAgain'],
	['documented as not placed: 500', answer(500), 'tryAgain', 'refused'],
	['documented as not placed: 502', answer(502), 'tryAgain', 'refused'],
	['documented as not placed: 503', answer(503), 'tryAgain', 'refused'],
	['connection never made', new NoAnswer(false, 'refused'), 'tryAgain', 'tryAgain'],
	['host not found', new NoAnswer(false, 'nameNotFound'), 'tryAgain', 'tryAgain'],
	['TLS before sending', new NoAnswer(false, 'tls'), 'tryAgain', 'tryAgain'],
	['time-out while connecting', new NoAnswer(false, 'timeout'), 'tryAgain', 'tryAgain'],
	['time-out', new NoAnswer(true, 'timeout'), 'outcomeUnknown', 'outcomeUnknown'],
	['reset', new NoAnswer(true, 'reset'), 'outcomeUnknown', 'outcomeUnknown'],
	['anything else', new NoAnswer(true, 'network'), 'outcomeUnknown', 'outcomeUnknown'],
	['504', answer(504), 'outcomeUnknown', 'outcomeUnknown'],
	...[501, 505, 507, 520, 522, 524, 599].map((status): [string, Result, Verdict, Verdict] => [
		`undocumented ${status}`,
		answer(status),
		'outcomeUnknown',
		'outcomeUnknown',
	]),
	['408', answer(408), 'outcomeUnknown', 'outcomeUnknown'],
	['100', answer(100), 'outcomeUnknown', 'outcomeUnknown'],
	...[300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 409, 413, 422].map(
		(status): [string, Result, Verdict, Verdict] => [
			`refused by ${status}`,
			answer(status),
			'refused',
			'refused',
		],
	),
];

test.each(table)('%s', (_, result, retrying, notRetrying) => {
	expect(verdictOnTrigger(result, undefined, true)).toBe(retrying);
	expect(verdictOnTrigger(result, undefined, false)).toBe(notRetrying);
});

test.each([200, 201, 202, 204, 299])('%i is placed with a call SID, unknown without', (status) => {
	for (const retries of [true, false]) {
		expect(verdictOnTrigger(answer(status), 'SID-1', retries)).toBe('placed');
		expect(verdictOnTrigger(answer(status), undefined, retries)).toBe('outcomeUnknown');
		expect(verdictOnTrigger(answer(status), '', retries)).toBe('outcomeUnknown');
	}
});

test('a call SID in an error is no proof that the call was placed', () => {
	expect(verdictOnTrigger(answer(400), 'SID-1', true)).toBe('refused');
	expect(verdictOnTrigger(answer(504), 'SID-1', true)).toBe('outcomeUnknown');
});

test('a read is repeated after whatever may pass', () => {
	for (const status of [408, 429, 500, 502, 503, 504, 520]) {
		expect(mayReadAgain(answer(status))).toBe(true);
	}
	for (const status of [302, 400, 401, 403, 404]) expect(mayReadAgain(answer(status))).toBe(false);
	expect(mayReadAgain(new NoAnswer(true, 'timeout'))).toBe(true);
});

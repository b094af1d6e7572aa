import { NoAnswer } from '../../../nodes/shared/http/transport.ts';
import { agentsVersions, tokenVersions } from '../../../nodes/shared/polyai/versions/versions.ts';
import type { HttpResult } from '../../../nodes/shared/http/sendWithRetry.ts';
import {
	mayReadAgain,
	verdictOnTrigger,
	type Verdict,
} from '../../../nodes/shared/polyai/mayBeSentAgain.ts';
import { answer } from '../../support/unit/sender.mts';

const [march2026, may2026] = tokenVersions;
const [agentsApi] = agentsVersions('PROJECT-1');
const API_VERSIONS = [march2026, may2026, agentsApi];

/** docs/design.md § 3, promise 1, line by line: with the option "Retry Server Errors" on, and off. */
const table: Array<[string, HttpResult, Verdict, Verdict]> = [
	['refused by 429', answer(429), 'tryAgain', 'tryAgain'],
	['connection never made', new NoAnswer(false, 'refused'), 'tryAgain', 'tryAgain'],
	['host not found', new NoAnswer(false, 'nameNotFound'), 'tryAgain', 'tryAgain'],
	['TLS before sending', new NoAnswer(false, 'tls'), 'tryAgain', 'tryAgain'],
	['timeout while connecting', new NoAnswer(false, 'timeout'), 'tryAgain', 'tryAgain'],
	['timeout', new NoAnswer(true, 'timeout'), 'outcomeUnknown', 'outcomeUnknown'],
	['reset', new NoAnswer(true, 'reset'), 'outcomeUnknown', 'outcomeUnknown'],
	['anything else', new NoAnswer(true, 'network'), 'outcomeUnknown', 'outcomeUnknown'],
	['504', answer(504), 'outcomeUnknown', 'outcomeUnknown'],
	...[500, 501, 502, 503, 505, 507, 520, 522, 524, 599].map(
		(status): [string, HttpResult, Verdict, Verdict] => [
			`${status} of a gateway`,
			answer(status),
			'outcomeUnknown',
			'outcomeUnknown',
		],
	),
	['408', answer(408), 'outcomeUnknown', 'outcomeUnknown'],
	['100', answer(100), 'outcomeUnknown', 'outcomeUnknown'],
	...[300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 409, 413, 422].map(
		(status): [string, HttpResult, Verdict, Verdict] => [
			`refused by ${status}`,
			answer(status),
			'refused',
			'refused',
		],
	),
];

test.each(table)('%s', (_, result, retrying, notRetrying) => {
	for (const version of API_VERSIONS) {
		expect(verdictOnTrigger(result, undefined, version, true)).toBe(retrying);
		expect(verdictOnTrigger(result, undefined, version, false)).toBe(notRetrying);
	}
});

test.each([200, 201, 202, 204, 299])('%i is placed with a call SID, unknown without', (status) => {
	for (const retries of [true, false]) {
		expect(verdictOnTrigger(answer(status), 'SID-1', march2026, retries)).toBe('placed');
		expect(verdictOnTrigger(answer(status), undefined, march2026, retries)).toBe('outcomeUnknown');
		expect(verdictOnTrigger(answer(status), '', march2026, retries)).toBe('outcomeUnknown');
	}
});

/** The error bodies that PolyAI is known to send, and its header without any of them. */
const OF_POLYAI: Array<[string, (status: number) => HttpResult]> = [
	['error and code', (status) => answer(status, { error: 'No queue', code: 'QUEUE' })],
	['an envelope', (status) => answer(status, { success: false, error_code: 'QUEUE', data: null })],
	['a nested error', (status) => answer(status, { error: { code: 'Q', id: '1', message: 'No' } })],
	['error_message', (status) => answer(status, { error_message: 'No queue' })],
	[
		'message and errors',
		(status) => answer(status, { message: 'Not valid', errors: [{ field: 'a', message: 'b' }] }),
	],
	['its header alone', (status) => answer(status, '', { 'x-polyai-correlation-id': 'abc' })],
];

/** What stands before PolyAI, or between n8n and it. */
const OF_OTHERS: Array<[string, (status: number) => HttpResult]> = [
	['a page', (status) => answer(status, '<html><h1>Bad Gateway</h1></html>')],
	['nothing', (status) => answer(status, '')],
	['no body', (status) => answer(status, undefined)],
	['a text', (status) => answer(status, 'upstream connect error')],
	['an API gateway’s message', (status) => answer(status, { message: 'Internal server error' })],
	['a message and a request ID', (status) => answer(status, { message: 'No', request_id: '1' })],
	['an error without a code', (status) => answer(status, { error: 'Bad Gateway', status })],
	['an empty object', (status) => answer(status, {})],
];

const DOCUMENTED = { [march2026.name]: 500, [may2026.name]: 500, [agentsApi.name]: 502 };

test.each(OF_POLYAI)(
	'a server error of PolyAI (%s): only the documented one is not placed',
	(_, of) => {
		for (const version of API_VERSIONS) {
			for (let status = 500; status < 600; status++) {
				const isDocumented = status === DOCUMENTED[version.name];
				const verdict = (retries: boolean) =>
					verdictOnTrigger(of(status), undefined, version, retries);
				expect([status, verdict(true)]).toEqual([
					status,
					isDocumented ? 'tryAgain' : 'outcomeUnknown',
				]);
				expect([status, verdict(false)]).toEqual([
					status,
					isDocumented ? 'refused' : 'outcomeUnknown',
				]);
			}
		}
	},
);

test.each(OF_OTHERS)(
	'a server error of somebody else (%s) never says that nobody was called',
	(_, of) => {
		for (const version of API_VERSIONS) {
			for (let status = 500; status < 600; status++) {
				for (const retries of [true, false]) {
					const verdict = verdictOnTrigger(of(status), undefined, version, retries);
					expect([status, verdict]).toEqual([status, 'outcomeUnknown']);
				}
			}
		}
	},
);

test('a call SID in an error is no proof that the call was placed', () => {
	expect(verdictOnTrigger(answer(400), 'SID-1', march2026, true)).toBe('refused');
	expect(verdictOnTrigger(answer(504), 'SID-1', march2026, true)).toBe('outcomeUnknown');
});

test('a read is repeated after whatever may pass', () => {
	for (const status of [408, 429, 500, 502, 503, 504, 520]) {
		expect(mayReadAgain(answer(status))).toBe(true);
	}
	for (const status of [302, 400, 401, 403, 404]) expect(mayReadAgain(answer(status))).toBe(false);
	expect(mayReadAgain(new NoAnswer(true, 'timeout'))).toBe(true);
});

import { noAnswerFrom } from '../../../nodes/shared/http/noAnswer.ts';
import { NoAnswer } from '../../../nodes/shared/http/transport.ts';
import { AGENTS_HOSTS, baseUrlOf, PLATFORM_HOSTS } from '../../../nodes/shared/polyai/baseUrl.ts';
import { isFinal, readCallStatus } from '../../../nodes/shared/polyai/callStatus.ts';
import { correlationIdOf, polyAiMessage } from '../../../nodes/shared/polyai/errorAnswer.ts';
import {
	explainAnswer,
	explainNoAnswer,
	explainUnknownOutcome,
} from '../../../nodes/shared/polyai/explain.ts';
import { agentsJune2026 } from '../../../nodes/shared/polyai/versions/agentsJune2026.ts';
import { march2026 } from '../../../nodes/shared/polyai/versions/march2026.ts';
import { readState } from '../../../nodes/shared/polyai/versions/wireFormat.ts';
import { answer } from '../../support/unit/sender.mts';

describe('the address of a credential', () => {
	test.each([
		['us', 'https://api.us-1.platform.polyai.app'],
		['uk', 'https://api.uk-1.platform.polyai.app'],
		['euw', 'https://api.euw-1.platform.polyai.app'],
	])('with a token, %s', (region, url) => {
		expect(baseUrlOf({ region }, PLATFORM_HOSTS)).toBe(url);
	});

	test.each([
		['us', 'https://api.us.poly.ai'],
		['uk', 'https://api.uk.poly.ai'],
		['eu', 'https://api.eu.poly.ai'],
		['studio', 'https://api.studio.poly.ai'],
	])('with an API key, %s', (region, url) => {
		expect(baseUrlOf({ region }, AGENTS_HOSTS)).toBe(url);
	});

	test.each([
		['https://api.example.com/', 'https://api.example.com'],
		[' https://api.example.com ', 'https://api.example.com'],
		// Copied from a request in PolyAI's documentation.
		['https://api.example.com/v1/outbound-calling', 'https://api.example.com'],
		['http://localhost:4010', 'http://localhost:4010'],
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['http://[::1]:4010', 'http://[::1]:4010'],
		['http://127.8.8.8', 'http://127.8.8.8'],
		['HTTPS://API.example.com///', 'https://api.example.com'],
		// Another way to write 127.0.0.1, which is where it goes.
		['http://2130706433', 'http://127.0.0.1'],
	])('%s is taken', (baseUrl, url) => {
		expect(baseUrlOf({ region: 'custom', baseUrl }, PLATFORM_HOSTS)).toBe(url);
	});

	test.each([
		'',
		'api.example.com',
		'http://api.example.com',
		'http://127.0.0.1.evil.example',
		'http://localhost@evil.example',
		'http://user:secret@localhost',
		'https://api.example.com/?x=1',
		'ftp://localhost',
		'http://localhost.evil.example',
		'http://127.0.0.1:80@evil.example',
		'http://128.0.0.1',
		'http://[::2]',
		'http://0.0.0.0',
		'https://user@api.example.com',
		'https://:secret@api.example.com',
		'https://api.example.com/#x',
		'https://api.example.com/poly',
		'https://api.example.com/version',
		'javascript:alert(1)',
		'//api.example.com',
		'https://',
	])('%s is refused, and it is said why', (baseUrl) => {
		expect(() => baseUrlOf({ region: 'custom', baseUrl }, PLATFORM_HOSTS)).toThrow('base URL');
	});
});

test('an unknown region is said; one that was never chosen is the US', () => {
	expect(() => baseUrlOf({ region: 'mars' }, AGENTS_HOSTS)).toThrow(
		'The PolyAI Agents API credential has an unknown region: mars',
	);
	expect(baseUrlOf({}, PLATFORM_HOSTS)).toBe('https://api.us-1.platform.polyai.app');
});

describe('a status', () => {
	test.each([
		['QUEUED', 'queued', false],
		[' Calling ', 'calling', false],
		['In Progress', 'calling', false],
		['failed', 'failure', true],
		['busy', 'failure', true],
		['NO_ANSWER', 'failure', true],
		['canceled', 'failure', true],
		['constructor', 'unknown', false],
		['toString', 'unknown', false],
		[null, 'unknown', false],
		[{}, 'unknown', false],
		['created', 'queued', false],
		['in_progress', 'calling', false],
		['Ringing', 'calling', false],
		['SUCCESS', 'success', true],
		['completed', 'success', true],
		['no-answer', 'failure', true],
		['cancelled', 'failure', true],
		['exploded', 'unknown', false],
		['', 'unknown', false],
		[42, 'unknown', false],
	] as const)('%s is %s', (word, status, final) => {
		expect(readCallStatus(word)).toBe(status);
		expect(isFinal(status)).toBe(final);
	});

	test('has its times in UTC, and only the fields that were sent', () => {
		expect(readState({ status: 'calling', created_at: '2026-11-23T12:00:00', reason: '' })).toEqual(
			{
				status: 'calling',
				createdAt: '2026-11-23T12:00:00.000Z',
			},
		);
		expect(readState({ hello: 'world' })).toBeUndefined();
	});
});

describe('PolyAI’s own words are found in every error body', () => {
	test.each<[unknown, string | undefined]>([
		[{ error: 'Bad number', code: 'X' }, 'Bad number'],
		[{ success: false, error: 'X', error_message: 'Bad number', data: null }, 'Bad number'],
		[{ error: { code: 'X', id: '1', message: 'Bad number' } }, 'Bad number'],
		[{ error_message: 'Bad number' }, 'Bad number'],
		[
			{ message: 'Invalid', errors: [{ field: 'to_number', message: 'is bad' }] },
			'Invalid: to_number is bad',
		],
		['Bad number', 'Bad number'],
		['<html>Bad gateway</html>', undefined],
		['', undefined],
		[undefined, undefined],
		[{ error: null }, undefined],
		[{ errors: [{ field: 'to_number', message: 'is bad' }, 'x', {}] }, 'to_number is bad'],
		[{ message: `${'x'.repeat(501)}` }, undefined],
		[{ message: '<b>Bad</b>' }, undefined],
		[['Bad number'], undefined],
		[42, undefined],
	])('%j', (body, message) => expect(polyAiMessage(body)).toBe(message));

	test('with what its support asks for', () => {
		const headers = { 'x-polyai-correlation-id': 'C-1' };
		expect(correlationIdOf(answer(500, {}, headers))).toBe('C-1');
		expect(correlationIdOf(answer(500, { error: { correlation_id: 'C-2' } }))).toBe('C-2');
	});
});

describe('what is said needs no programmer', () => {
	const reasons = ['timeout', 'reset', 'refused', 'nameNotFound', 'tls', 'network'] as const;
	const errors = [
		...[302, 400, 401, 403, 404, 418, 429, 500, 502, 503, 504].map((status) => {
			return explainAnswer(answer(status), march2026);
		}),
		...[401, 403, 404].map((status) => explainAnswer(answer(status), agentsJune2026('PROJECT-1'))),
		...reasons.map((why) => explainNoAnswer(new NoAnswer(false, why))),
		...reasons.map((why) => explainUnknownOutcome(new NoAnswer(true, why))),
		explainUnknownOutcome(answer(504)),
		explainUnknownOutcome(answer(200)),
		explainNoAnswer(noAnswerFrom(undefined)),
	];

	test.each(errors.map((error) => [error.message, error.details.description ?? '']))(
		'%s: %s',
		(message, description) => {
			// The name of the option stands on the screen.
			const words = `${message} ${description}`.replace('Request Timeout', '');
			expect(words).not.toMatch(
				/\b[1-5]\d\d\b|ECONN|ETIMEDOUT|HTTP\b|JSON|undefined|null|exception|timeout|DNS|TLS/i,
			);
			expect(description).toMatch(/^[A-Z].*\.$/s);
		},
	);
});

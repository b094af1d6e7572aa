import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { backoffMs } from '../../../nodes/shared/http/backoff.ts';
import { waitAfter } from '../../../nodes/shared/http/sendWithRetry.ts';
import { retryAfterMs } from '../../../nodes/shared/http/retryAfter.ts';
import { NoAnswer } from '../../../nodes/shared/http/transport.ts';
import { answer } from '../../support/unit/sender.mts';

const NOW = Date.UTC(2026, 10, 23, 12);
const limited = (retryAfter: string) => answer(429, {}, { 'retry-after': retryAfter });

test.each([
	['0', 0],
	['7', 7000],
	[' 7 ', 7000],
	['1.5', 1500],
	['Mon, 23 Nov 2026 12:00:09 GMT', 9000],
	['Monday, 23-Nov-26 12:00:09 GMT', 9000],
	['Mon, 23 Nov 2026 11:00:00 GMT', 0],
	['Mon Nov 23 12:00:09 2026', 9000],
	['', undefined],
	['soon', undefined],
	['-5 seconds', undefined],
	['NaN', undefined],
])('Retry-After: %s asks for %s milliseconds', (text, ms) => {
	expect(retryAfterMs(limited(text), NOW)).toBe(ms);
});

test('the form without a time zone is GMT on a machine in New York as well', () => {
	const text = JSON.stringify('Mon Nov 23 12:00:09 2026');
	const script = `const { retryAfterMs } = require('./nodes/shared/http/retryAfter.ts');
		console.log(retryAfterMs({ headers: { 'retry-after': ${text} } }, ${NOW}));`;
	const env = { ...process.env, TZ: 'America/New_York' };
	const ms = execFileSync(process.execPath, ['--import', 'tsx', '-e', script], { env });
	expect(Number(ms)).toBe(9000);
});

test('no Retry-After asks for nothing', () => {
	expect(retryAfterMs(answer(429), NOW)).toBeUndefined();
});

test('the backoff doubles up to a ceiling of half a minute, and jitter takes any part of it', () => {
	const longest = [1, 2, 3, 4, 5, 6, 7, 99, 5000].map((attempt) => backoffMs(attempt, () => 1));
	expect(longest).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000]);
	expect(backoffMs(3, () => 0.25)).toBe(1000);
	expect(backoffMs(3, () => 0)).toBe(0);
});

test('what the server asks for is waited, and never less than the backoff', () => {
	fc.assert(
		fc.property(fc.nat(600), fc.nat(30_000), (seconds, backoff) => {
			const wait = waitAfter(limited(String(seconds)), NOW, backoff);
			expect(wait).toBeGreaterThanOrEqual(seconds * 1000);
			expect(wait).toBeGreaterThanOrEqual(backoff);
			expect([seconds * 1000, backoff]).toContain(wait);
		}),
		{ seed: 1 },
	);
	expect(waitAfter(new NoAnswer(false, 'refused'), NOW, 1234)).toBe(1234);
});

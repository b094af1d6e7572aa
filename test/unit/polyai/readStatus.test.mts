import { NoAnswer } from '../../../nodes/shared/http/transport.ts';
import { march2026 } from '../../../nodes/shared/polyai/versions/march2026.ts';
import type { Account } from '../../../nodes/shared/polyai/account.ts';
import { readStatus } from '../../../nodes/shared/polyai/readStatus.ts';
import type { HttpResult } from '../../../nodes/shared/http/sendWithRetry.ts';
import { answer, scriptedSender } from '../../support/unit/sender.mts';

const account: Account = { baseUrl: 'https://polyai.example', versions: [march2026] };

async function read(callSid: string, results: HttpResult[]) {
	const calling = answer(200, { callSid, status: 'calling' });
	const sender = scriptedSender((_, index) => results[index] ?? calling);
	const state = await readStatus(sender, account, { callSid }).catch((error: unknown) => error);
	return { state, sent: sender.sent };
}

test.each<[string, HttpResult]>([
	['429', answer(429)],
	['500', answer(500)],
	['504', answer(504)],
	['a timeout', new NoAnswer(true, 'timeout')],
	['a reset', new NoAnswer(true, 'reset')],
	['connection refused', new NoAnswer(false, 'refused')],
	['a 2xx that cannot be read', answer(200, '<html>')],
])('reading changes nothing, so it is tried again after %s', async (_, failure) => {
	const { state, sent } = await read('SID-1', [failure, failure]);
	expect(state).toEqual({ status: 'calling' });
	expect(sent).toHaveLength(3);
});

test('after a Retry-After of a day nothing more is asked in this run, and nobody waits', async () => {
	const sender = scriptedSender(() => answer(429, {}, { 'retry-after': '86400' }));
	const start = sender.clock.now();
	for (let item = 0; item < 30; item++) {
		const look = readStatus(sender, account, { callSid: 'SID-1' });
		await expect(look).rejects.toMatchObject({ code: 'rateLimited' });
	}
	expect(sender.sent).toHaveLength(1);
	expect(sender.clock.now()).toBe(start);
});

test.each([400, 401, 403, 404])('%s is final', async (status) => {
	expect((await read('SID-1', [answer(status)])).sent).toHaveLength(1);
});

test('a call that PolyAI does not know is explained with the two hours', async () => {
	const { state } = await read('SID-1', [answer(404)]);
	expect(state).toMatchObject({ code: 'notFound', details: { callSid: 'SID-1' } });
	expect(state).toHaveProperty('details.description', expect.stringContaining('two hours'));
});

test('a call SID is data and not a path', async () => {
	const { sent } = await read('no such/../sid?x=1', []);
	expect(sent.map(({ url }) => url)).toEqual([
		'https://polyai.example/v1/outbound-calling/no%20such%2F..%2Fsid%3Fx%3D1/status',
	]);
});

test.each(['.', '..', '\ud800'])('%j is no call SID, and nothing is sent', async (callSid) => {
	const { state, sent } = await read(callSid, []);
	expect(state).toMatchObject({ code: 'notFound' });
	expect(sent).toEqual([]);
});

import { ResultWaiter } from '../../../nodes/shared/waiting/resultWaiter.ts';
import { NoAnswer } from '../../../nodes/shared/http/transport.ts';
import { answer, scriptedSender } from '../../support/unit/sender.mts';
import {
	account,
	calling,
	MINUTE,
	success,
	watchOver,
} from '../../support/unit/waiting/waitFor.mts';

test('a call is looked at every three seconds until it has ended', async () => {
	const { waitFor, looksAt, sender } = watchOver((_, second) => (second < 9 ? calling : success));
	expect(await waitFor('A')).toEqual({
		state: { status: 'success' },
		checkedAt: sender.clock.now(),
		timedOut: false,
	});
	expect(looksAt('A')).toEqual([0, 3, 6, 9]);
});

test('the call that was looked at the longest ago comes first, and only so many looks at once', async () => {
	let inFlight = 0;
	let most = 0;
	const { waitFor, sender } = watchOver((_, second) => (second < 30 ? calling : success), {
		lookers: 2,
		latencyMs: 400,
	});
	const { send } = sender;
	sender.send = async (request) => {
		most = Math.max(most, ++inFlight);
		return await send(request).finally(() => inFlight--);
	};
	await Promise.all(['A', 'B', 'C', 'D', 'E'].map(async (callSid) => await waitFor(callSid)));
	const order = sender.sent.map(({ url }) => url.split('/').at(-2)).join('');
	expect(order).toMatch(/^(ABCDE)+[A-E]*$/);
	expect(most).toBe(2);
});

test('a call that comes later is looked at although others are waited for', async () => {
	const { waitFor, looksAt, sender } = watchOver((_, second) => (second < 20 ? calling : success));
	const first = waitFor('A');
	await sender.clock.sleep(1000);
	await Promise.all([first, waitFor('B')]);
	expect(looksAt('B').slice(0, 3)).toEqual([1, 4, 7]);
});

describe('when the time is over', () => {
	test('the last status is told, after a last look', async () => {
		const { waitFor, looksAt } = watchOver(() => calling);
		expect(await waitFor('A', 1)).toMatchObject({ state: { status: 'calling' }, timedOut: true });
		expect(looksAt('A').at(-1)).toBe(60);
	});

	test('and PolyAI never told a status, it is unknown', async () => {
		const { waitFor, seconds } = watchOver(() => new NoAnswer(true, 'timeout'));
		expect(await waitFor('A', 2)).toMatchObject({ state: { status: 'unknown' }, timedOut: true });
		expect(seconds()).toBe(120);
	});

	test('a status that was read once is not forgotten', async () => {
		const { waitFor } = watchOver((_, second) => (second < 5 ? calling : answer(503)));
		expect(await waitFor('A', 1)).toMatchObject({ state: { status: 'calling' }, timedOut: true });
	});

	test('a last look that finds the call ended is no timeout', async () => {
		const { waitFor } = watchOver((_, second) => (second < 60 ? calling : success));
		expect(await waitFor('A', 1)).toMatchObject({ state: { status: 'success' }, timedOut: false });
	});

	test('hundreds of waits end, even if PolyAI asks everybody to slow down forever', async () => {
		const { waitFor, seconds } = watchOver(() => answer(429, {}, { 'retry-after': '300' }), {
			lookers: 1,
		});
		const waits = Array.from({ length: 300 }, async (_, index) => await waitFor(`S${index}`, 1));
		for (const end of await Promise.all(waits)) expect(end.timedOut).toBe(true);
		expect(seconds()).toBeLessThanOrEqual(6 * 60);
	});
});

describe('Stop', () => {
	test('ends all waits at once, and each names its call', async () => {
		const stop = new AbortController();
		const { waitFor, seconds, sender } = watchOver(() => calling, {
			signal: stop.signal,
			lookers: 1,
		});
		const waits = ['A', 'B', 'C'].map(async (callSid) => {
			await expect(waitFor(callSid)).rejects.toMatchObject({
				code: 'timedOut',
				details: { callSid },
			});
		});
		await sender.clock.sleep(1000);
		stop.abort();
		await Promise.all(waits);
		expect(seconds()).toBe(1);
		const looks = sender.sent.length;
		await expect(waitFor('D')).rejects.toMatchObject({ code: 'timedOut' });
		expect(sender.sent).toHaveLength(looks);
	});

	test('giving up does the same without it', async () => {
		const { waitFor, watch, seconds, sender } = watchOver(() => calling);
		const wait = expect(waitFor('A')).rejects.toMatchObject({ code: 'timedOut' });
		await sender.clock.sleep(4000);
		watch.giveUp();
		await wait;
		expect(seconds()).toBe(4);
	});
});

test.each([
	['the slowest settings', 60_000, 1, 60],
	['one request at once, and a thousand calls', 3000, 1, 1000],
])(
	'%s: a result is read before PolyAI’s two hours are over',
	async (_, intervalMs, lookers, calls) => {
		const sender = scriptedSender(
			() => (sender.clock.now() - start < 10 * MINUTE ? calling : success),
			{ latencyMs: 1000 },
		);
		const start = sender.clock.now();
		const watch = new ResultWaiter(sender, account, intervalMs, lookers);
		const until = start + 120 * MINUTE;
		const ends = await Promise.all(
			Array.from(
				{ length: calls },
				async (__, index) => await watch.waitFor({ callSid: `S${index}`, until }),
			),
		);
		for (const { state, checkedAt } of ends) {
			expect(state.status).toBe('success');
			expect(checkedAt - start).toBeLessThan(130 * MINUTE);
		}
	},
);

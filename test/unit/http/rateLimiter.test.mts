import { RateLimiter } from '../../../nodes/shared/http/rateLimiter.ts';
import { VirtualClock } from '../../support/unit/virtualClock.mts';

test('a pace of 60 a minute lets one call through every second', async () => {
	const clock = new VirtualClock();
	const rateLimiter = new RateLimiter(clock, 60);
	const start = clock.now();
	const times = await Promise.all(
		[1, 2, 3, 4].map(async () => {
			await rateLimiter.acquireCallSlot();
			return clock.now() - start;
		}),
	);
	expect(times).toEqual([0, 1000, 2000, 3000]);
});

test('reading is not held up by the pace of calls', async () => {
	const clock = new VirtualClock();
	const rateLimiter = new RateLimiter(clock, 1);
	const start = clock.now();
	await rateLimiter.acquireCallSlot();
	await rateLimiter.waitForPause();
	expect(clock.now()).toBe(start);
});

test('a pause holds up everybody, those who wait already included', async () => {
	const clock = new VirtualClock();
	const rateLimiter = new RateLimiter(clock, 60);
	const start = clock.now();
	await rateLimiter.acquireCallSlot();
	const next = rateLimiter.acquireCallSlot();
	rateLimiter.pause(10_000);
	expect(await next).toBe(true);
	expect(clock.now() - start).toBe(10_000);
});

test('Stop lets nobody through anymore, at once', async () => {
	const clock = new VirtualClock();
	const stop = new AbortController();
	const rateLimiter = new RateLimiter(clock, 1, stop.signal);
	const start = clock.now();
	await rateLimiter.acquireCallSlot();
	const next = rateLimiter.acquireCallSlot();
	stop.abort();
	expect(await next).toBe(false);
	expect(await rateLimiter.waitForPause()).toBe(false);
	expect(clock.now()).toBe(start);
});

test('after a pause those who waited do not rush out together: the pace holds', async () => {
	const clock = new VirtualClock();
	const rateLimiter = new RateLimiter(clock, 10);
	const start = clock.now();
	const waiting = Array.from({ length: 50 }, async () => {
		await rateLimiter.acquireCallSlot();
		return (clock.now() - start) / 1000;
	});
	rateLimiter.pause(120_000);
	const times = (await Promise.all(waiting)).sort((a, b) => a - b);
	for (const [index, time] of times.entries()) {
		expect(time - (times[index - 10] ?? -60)).toBeGreaterThanOrEqual(60);
	}
	// One went before the pause; the last of the others has to go as soon as the pace allows.
	expect(times.at(-1)).toBeLessThanOrEqual(120 + 49 * 6);
});

test('without a pace a pause ends for all at once, and a longer one counts', async () => {
	const clock = new VirtualClock();
	const rateLimiter = new RateLimiter(clock, 0);
	const start = clock.now();
	rateLimiter.pause(5000);
	rateLimiter.pause(2000);
	const passed = [
		rateLimiter.acquireCallSlot(),
		rateLimiter.acquireCallSlot(),
		rateLimiter.waitForPause(),
	].map(async (turn) => {
		expect(await turn).toBe(true);
		return clock.now() - start;
	});
	expect(await Promise.all(passed)).toEqual([5000, 5000, 5000]);
});

test('a pause that grows while somebody waits holds up reading too', async () => {
	const clock = new VirtualClock();
	const rateLimiter = new RateLimiter(clock, 0);
	const start = clock.now();
	rateLimiter.pause(5000);
	const turn = rateLimiter.waitForPause();
	rateLimiter.pause(9000);
	expect(await turn).toBe(true);
	expect(clock.now() - start).toBe(9000);
});

test('runs that share an account share its pace, each with the pace that it was given', async () => {
	const clock = new VirtualClock();
	const pace = { lastCallAt: -Infinity };
	const start = clock.now();
	const passed = async (perMinute: number) => {
		await new RateLimiter(clock, perMinute, undefined, pace).acquireCallSlot();
		return (clock.now() - start) / 1000;
	};
	const times = await Promise.all([passed(60), passed(60), passed(60), passed(6), passed(0)]);
	expect(times).toEqual([0, 1, 2, 12, 0]);
});

test('a run that was stopped while it waited holds up nobody', async () => {
	const clock = new VirtualClock();
	const pace = { lastCallAt: -Infinity };
	const stop = new AbortController();
	const stopped = new RateLimiter(clock, 1, stop.signal, pace);
	await stopped.acquireCallSlot();
	const waiting = Array.from({ length: 5 }, async () => await stopped.acquireCallSlot());
	stop.abort();
	await Promise.all(waiting);
	const start = clock.now();
	await new RateLimiter(clock, 1, undefined, pace).acquireCallSlot();
	expect(clock.now() - start).toBeLessThanOrEqual(60_000);
});

test('a clock that was set back holds up nobody', async () => {
	const clock = new VirtualClock();
	const pace = { lastCallAt: clock.now() + 3_600_000 };
	const start = clock.now();
	await new RateLimiter(clock, 1, undefined, pace).acquireCallSlot();
	expect(clock.now()).toBe(start);
});

test.each([0, 1])(
	'calls that wait already wait no longer when PolyAI refuses for a day: %i a minute',
	async (perMinute) => {
		const clock = new VirtualClock();
		const rateLimiter = new RateLimiter(clock, perMinute);
		await rateLimiter.acquireCallSlot();
		rateLimiter.pause(240_000);
		const calls = Promise.all([rateLimiter.acquireCallSlot(), rateLimiter.acquireCallSlot()]);
		const read = rateLimiter.waitForPause();
		await clock.sleep(1000);
		const start = clock.now();
		rateLimiter.refuse({ status: 429, headers: {}, body: {} }, 86_400_000);
		expect(await calls).toEqual([true, true]);
		expect(clock.now()).toBe(start);
		await read;
		expect(clock.now()).toBe(start - 1000 + 240_000);
	},
);

test('Stop ends the waiting after such a refusal as well', async () => {
	const clock = new VirtualClock();
	const stop = new AbortController();
	const rateLimiter = new RateLimiter(clock, 1, stop.signal);
	rateLimiter.refuse({ status: 429, headers: {}, body: {} }, 1000);
	await clock.sleep(1000);
	await rateLimiter.acquireCallSlot();
	const start = clock.now();
	const next = rateLimiter.acquireCallSlot();
	stop.abort();
	expect([await next, clock.now()]).toEqual([false, start]);
});

test('once PolyAI has refused for a day nobody waits for a slot anymore', async () => {
	const clock = new VirtualClock();
	const rateLimiter = new RateLimiter(clock, 1);
	const start = clock.now();
	await rateLimiter.acquireCallSlot();
	const refused = { status: 429, headers: {}, body: {} };
	rateLimiter.refuse(refused, 86_400_000);
	await Promise.all([rateLimiter.acquireCallSlot(), rateLimiter.acquireCallSlot()]);
	expect([clock.now(), rateLimiter.refusal?.answer]).toEqual([start, refused]);
});

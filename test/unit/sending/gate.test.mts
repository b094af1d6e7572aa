import { Gate } from '../../../nodes/shared/sending/gate.ts';
import { VirtualClock } from '../support/virtualClock.mts';

test('a pace of 60 a minute lets one call through every second', async () => {
	const clock = new VirtualClock();
	const gate = new Gate(clock, 60);
	const start = clock.now();
	const times = await Promise.all(
		[1, 2, 3, 4].map(async () => {
			await gate.turnToCall();
			return clock.now() - start;
		}),
	);
	expect(times).toEqual([0, 1000, 2000, 3000]);
});

test('reading is not held up by the pace of calls', async () => {
	const clock = new VirtualClock();
	const gate = new Gate(clock, 1);
	const start = clock.now();
	await gate.turnToCall();
	await gate.turnToRead();
	expect(clock.now()).toBe(start);
});

test('a pause holds up everybody, those who wait already included', async () => {
	const clock = new VirtualClock();
	const gate = new Gate(clock, 60);
	const start = clock.now();
	await gate.turnToCall();
	const next = gate.turnToCall();
	gate.pause(10_000);
	expect(await next).toBe(true);
	expect(clock.now() - start).toBe(10_000);
});

test('Stop lets nobody through any more, at once', async () => {
	const clock = new VirtualClock();
	const stop = new AbortController();
	const gate = new Gate(clock, 1, stop.signal);
	const start = clock.now();
	await gate.turnToCall();
	const next = gate.turnToCall();
	stop.abort();
	expect(await next).toBe(false);
	expect(await gate.turnToRead()).toBe(false);
	expect(clock.now()).toBe(start);
});

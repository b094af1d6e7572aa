import { forEachConcurrently } from '../../../nodes/shared/forEachConcurrently.ts';
import { VirtualClock } from '../../support/unit/virtualClock.mts';

test('steps are started in order, and no more at once than allowed', async () => {
	const clock = new VirtualClock();
	const started: number[] = [];
	let running = 0;
	let most = 0;
	const step = async (item: number) => {
		started.push(item);
		most = Math.max(most, ++running);
		await clock.sleep(100 * (10 - item));
		running--;
	};
	await forEachConcurrently(10, 3, step, () => true);
	expect(started).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
	expect(most).toBe(3);
	expect(running).toBe(0);
});

test('nothing is started anymore after a no, and what runs is waited for', async () => {
	const clock = new VirtualClock();
	const ended: number[] = [];
	let started = 0;
	const step = async (item: number) => {
		started++;
		await clock.sleep(100);
		ended.push(item);
	};
	await forEachConcurrently(10, 2, step, () => started < 3);
	expect(ended).toEqual([0, 1, 2]);
});

test('nothing to do is done at once', async () => {
	await forEachConcurrently(
		0,
		5,
		() => Promise.reject(new Error('started')),
		() => true,
	);
});

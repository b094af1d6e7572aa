import type { KeyStore } from '../../../nodes/shared/crashRecovery/keyStore.ts';
import type { Mark } from '../../../nodes/shared/crashRecovery/mark.ts';
import { SentMarks } from '../../../nodes/shared/crashRecovery/sentMarks.ts';
import { openKeyStore } from '../../support/unit/keyStore.mts';
import { VirtualClock } from '../../support/unit/virtualClock.mts';

/** Ten thousand calls in virtual time take a busy machine a while. */
jest.setTimeout(120_000);

const HOUR = 60 * 60_000;

function openStore() {
	const clock = new VirtualClock();
	const { kept, writes, store } = openKeyStore(clock);
	const open = (executionId: string, { start = 'S', isRetry = false } = {}) =>
		new SentMarks({ store, clock, executionId, start, isRetry });
	return { kept, writes, clock, store, open };
}

const person = (index: number) => `+4420794${60000 + index}`;

/** Sends so many calls, one in every `ms` milliseconds. */
async function send(marks: SentMarks, clock: VirtualClock, count: number, ms: number) {
	const expected = Array.from({ length: count }, (_, index) => marks.expect(person(index), 0));
	for (const mark of expected) {
		await marks.write(mark);
		await clock.sleep(ms);
	}
	return expected;
}

test('10,000 calls cost a few dozen writes', async () => {
	const { open, clock, writes } = openStore();
	await send(open('1'), clock, 10_000, 7);
	expect(writes.length).toBeLessThan(60);
});

test('what is sent slowly is written one by one, so that nothing else is unclear after a crash', async () => {
	const { open, clock, writes } = openStore();
	await send(open('1'), clock, 20, 30_000);
	expect(writes).toHaveLength(20);
});

const expectAll = (marks: SentMarks, count: number, isLikely = (_: number) => true) =>
	Array.from({ length: count }, (_, index) => marks.expect(person(index), 0, isLikely(index)));

const countUnclear = (all: Mark[]) => all.filter(({ state }) => state === 'written').length;

describe('a crash leaves no more unclear than two seconds of calls, or twice as many as were sent', () => {
	const EVERY_MS = 7;
	const IN_TWO_SECONDS = Math.ceil(2000 / EVERY_MS);

	/** Sends one call after the other, and counts what a crash would leave unclear. */
	async function mostUnclear(marks: SentMarks, clock: VirtualClock, all: Mark[]): Promise<number> {
		let most = 0;
		for (const mark of all) {
			await marks.write(mark).catch(() => {});
			await clock.sleep(EVERY_MS);
			most = Math.max(most, countUnclear(all));
		}
		return most;
	}

	test.each([
		[1, 5],
		[1, 60],
		[1, 400],
		[1, 2500],
		[2, 2000],
		[8, 60],
		[8, 1000],
	])('%d at once, every %d ms', async (atOnce, ms) => {
		const { open, clock } = openStore();
		const marks = open('1');
		const all = expectAll(marks, 2000);
		for (let sent = 0; sent < all.length; sent += atOnce) {
			await Promise.all(all.slice(sent, sent + atOnce).map(async (one) => await marks.write(one)));
			await clock.sleep(ms);
			const inTwoSeconds = Math.max(1, 2000 / ms) * atOnce;
			expect(countUnclear(all)).toBeLessThanOrEqual(Math.min(2 * (sent + atOnce), inTwoSeconds));
		}
	});

	test('when the store has failed once', async () => {
		const { open, clock, store, writes } = openStore();
		const { record } = store;
		let blocks = 0;
		store.record = async (keys) => {
			if (++blocks !== 9) return await record(keys);
			await clock.sleep(5);
			return await Promise.reject(new Error('database is locked'));
		};
		const marks = open('1');
		const all = expectAll(marks, 3000);
		expect(await mostUnclear(marks, clock, all)).toBeLessThanOrEqual(IN_TWO_SECONDS);
		expect(all.filter(({ state }) => state !== 'sent').length).toBeLessThanOrEqual(1);
		// Nor is everyone whose mark it has lost written alone.
		expect(writes.length).toBeLessThan(60);
	});

	test('when some calls were not expected', async () => {
		const { open, clock, writes } = openStore();
		const marks = open('1');
		const all = expectAll(marks, 3000, (index) => index % 10 !== 9);
		expect(await mostUnclear(marks, clock, all)).toBeLessThanOrEqual(IN_TWO_SECONDS);
		// Each of the 300 is written alone.
		expect(writes.length).toBeLessThan(300 + 60);
	});

	test('when PolyAI could not be reached for a while', async () => {
		const { open, clock } = openStore();
		const marks = open('1');
		const all = expectAll(marks, 3000);
		expect(await mostUnclear(marks, clock, all.slice(0, 100))).toBeLessThanOrEqual(200);
		for (const mark of all.slice(100, 1600)) marks.notPlaced(mark);
		expect(await mostUnclear(marks, clock, all.slice(1600))).toBeLessThanOrEqual(IN_TWO_SECONDS);
		expect(countUnclear(all)).toBe(0);
	});

	test('when every call needs several tries', async () => {
		const { open, clock, writes } = openStore();
		const marks = open('1');
		const all = expectAll(marks, 30);
		for (const mark of all) {
			for (const ms of [1000, 1500, 27_500]) {
				await marks.write(mark);
				await clock.sleep(ms);
				expect(countUnclear(all)).toBe(0);
			}
		}
		expect(writes).toHaveLength(30);
	});

	test('when PolyAI asks fifty calls at once to come again, ten times in three seconds', async () => {
		const { open, clock } = openStore();
		const marks = open('1');
		const all = expectAll(marks, 500);
		for (let sent = 0; sent < all.length; sent += 50) {
			for (let tries = 0; tries < 10; tries++) {
				const calls = all.slice(sent, sent + 50);
				await Promise.all(calls.map(async (one) => await marks.write(one)));
				await clock.sleep(300);
				expect(countUnclear(all)).toBeLessThanOrEqual(50);
			}
		}
	});

	test('in the next round of a loop', async () => {
		const { open, clock } = openStore();
		const marks = open('1');
		for (let round = 0; round < 3; round++) {
			marks.beginRun();
			const all = Array.from({ length: 500 }, (_, index) => {
				return marks.expect(person(index), round);
			});
			await marks.write(all[0]!);
			expect(countUnclear(all)).toBe(0);
			await mostUnclear(marks, clock, all.slice(1, 400));
			await marks.endRun();
		}
	});
});

test('a call whose mark is being written waits for that, and for nothing else', async () => {
	const { open, clock, kept, writes } = openStore();
	const marks = open('1');
	const [first, second, third] = expectAll(marks, 50) as [Mark, Mark, Mark];
	await marks.write(first);
	await clock.sleep(7);
	const waiting = marks.write(second);
	await clock.sleep(1);
	await marks.write(third);
	for (const key of third.keys) expect(kept).toContain(key);
	await waiting;
	expect(writes).toHaveLength(2);
});

test('a call is written before it may be sent, whoever else is waiting', async () => {
	const { open, kept } = openStore();
	const marks = open('1');
	const all = Array.from({ length: 8 }, (_, index) => marks.expect(person(index), 0));
	await Promise.all(
		all.map(async (mark) => {
			await marks.write(mark);
			for (const key of mark.keys) expect(kept).toContain(key);
		}),
	);
});

/** Writes while n8n's database can't be written. */
async function expectRefused(store: KeyStore, write: () => Promise<void>): Promise<void> {
	const { record } = store;
	store.record = async () => await Promise.reject(new Error('database is locked'));
	await expect(write()).rejects.toThrow('locked');
	store.record = record;
}

test('nothing may be sent while it cannot be written; afterwards it may', async () => {
	const { open, kept, store } = openStore();
	const marks = open('1');
	marks.signIns.signIn('log 7');
	const [ann, bob] = [marks.expect(person(1), 0), marks.expect(person(2), 0)];
	await expectRefused(store, async () => await marks.write(ann));
	await marks.write(ann);
	await marks.write(bob);
	expect([...kept].filter((key) => key.startsWith('log 7'))).toHaveLength(1);
	expect([ann.isForeign, bob.isForeign]).toEqual([false, false]);
});

test('what could not be written for one execution makes no call of its Retry unclear', async () => {
	const { open, kept, store } = openStore();
	const failed = open('1');
	await expectRefused(store, async () => await failed.write(failed.expect(person(1), 0)));
	await failed.endRun();

	const retry = open('2', { isRetry: true });
	const refused = retry.expect(person(1), 0);
	await retry.write(refused);
	retry.notPlaced(refused);
	await retry.endRun();
	expect(kept.size).toBe(0);
	const again = retry.expect(person(1), 0);
	await retry.write(again);
	expect(again.isForeign).toBe(false);
});

test('a failed write gives up nothing that the execution needs for a call that it has sent', async () => {
	const { open, clock, store } = openStore();
	const [first, second] = [open('1'), open('2')];
	const [refused] = await send(first, clock, 1, 1);
	await send(second, clock, 1, 1);
	await expectRefused(store, async () => await second.write(second.expect(person(1), 0)));
	first.notPlaced(refused!);
	await first.endRun();
	const [retried] = await send(open("2'", { isRetry: true }), clock, 1, 1);
	expect(retried?.isForeign).toBe(true);
});

test('a retry knows what the crashed run sent by the start that they have in common', async () => {
	const { open, clock } = openStore();
	await send(open('1'), clock, 3, 1);
	const retry = await send(open('2', { isRetry: true }), clock, 5, 1);
	expect(retry.map(({ isForeign }) => isForeign).slice(0, 3)).toEqual([true, true, true]);
	expect(retry[4]?.isForeign).toBe(false);
	const other = await send(open('3', { isRetry: true, start: 'T' }), clock, 3, 1);
	expect(other.some(({ isForeign }) => isForeign)).toBe(false);
});

test('an execution with the same start that is no retry calls everybody', async () => {
	const { open, clock } = openStore();
	await send(open('1'), clock, 3, 1);
	const next = await send(open('2'), clock, 3, 1);
	expect(next.some(({ isForeign }) => isForeign)).toBe(false);
});

test('what was not sent is given back when the run ends, what was sent an hour later', async () => {
	const { open, clock, kept } = openStore();
	const marks = open('1');
	const all = await send(marks, clock, 30, 1);
	marks.notPlaced(all[3]!);
	await marks.endRun();
	expect(kept.size).toBe(2 * 29);
	await clock.sleep(HOUR);
	await open('2').endRun();
	expect(kept.size).toBe(0);
});

test('a loop that takes hours is known from its first round to its last', async () => {
	const { open, clock, kept } = openStore();
	const marks = open('1');
	for (let round = 0; round < 6; round++) {
		await marks.write(marks.expect(person(round), 0));
		await marks.endRun();
		await clock.sleep(0.9 * HOUR);
		await open('2').endRun();
		expect(kept.size).toBe(2 * (round + 1));
	}
	await clock.sleep(HOUR);
	await open('3').endRun();
	expect(kept.size).toBe(0);
});

test('of two executions with the same start the later one keeps what it needs', async () => {
	const { open, clock, kept } = openStore();
	const first = open('1');
	await send(first, clock, 1, 1);
	await first.endRun();
	await clock.sleep(HOUR / 2);
	const second = open('2');
	await send(second, clock, 1, 1);
	await second.endRun();
	await clock.sleep(HOUR / 2);
	await open('3').endRun();
	const [retried] = await send(open('4', { isRetry: true }), clock, 1, 1);
	expect(retried?.isForeign).toBe(true);
	expect(kept.size).toBeGreaterThan(0);
});

test('another worker that overwrites the last block does not hide it for long', async () => {
	const { open, clock, kept } = openStore();
	const marks = open('1');
	const [ann, bob] = [marks.expect(person(1), 0), marks.expect(person(2), 0)];
	await marks.write(ann);
	kept.clear();
	await clock.sleep(3000);
	await marks.write(bob);
	for (const key of ann.keys) expect(kept).toContain(key);
});

test('of two executions with the same start at the same time, one gives back nothing that the other needs', async () => {
	const { open, clock } = openStore();
	const [first, second] = [open('1'), open('2')];
	const [ofFirst] = await send(first, clock, 1, 1);
	const [ofSecond] = await send(second, clock, 1, 1);
	first.notPlaced(ofFirst!);
	await first.endRun();
	const [retried] = await send(open("2'", { isRetry: true }), clock, 1, 1);
	expect([ofSecond?.isForeign, retried?.isForeign]).toEqual([false, true]);
});

test('nor does one whose duplicates share a mark that was written for each of them', async () => {
	const { open, clock } = openStore();
	const [first, second] = [open('1'), open('2')];
	const [ofFirst] = await send(first, clock, 1, 1);
	await send(second, clock, 1, 1);
	first.notPlaced(ofFirst!);
	await first.write(ofFirst!);
	first.notPlaced(ofFirst!);
	await first.endRun();
	const [retried] = await send(open("2'", { isRetry: true }), clock, 1, 1);
	expect(retried?.isForeign).toBe(true);
});

test('what one of two runs at once does not need stays as long as the other may', async () => {
	const { open, clock, kept } = openStore();
	const marks = open('1');
	await send(marks, clock, 3, 1);
	marks.beginRun();
	marks.beginRun();
	const [ann, bob] = [marks.expect(person(10), 0), marks.expect(person(11), 0)];
	await marks.write(ann);
	await marks.endRun();
	await marks.write(bob);
	for (const key of bob.keys) expect(kept).toContain(key);
	await marks.endRun();
});

test('of duplicates, whichever is called, a Retry knows it', async () => {
	const { open, clock } = openStore();
	const marks = open('1');
	const [first, second] = [marks.expect(person(0), 0), marks.expect(person(0), 0)];
	await marks.write(first);
	marks.notPlaced(first);
	await marks.write(second);
	await marks.endRun();
	const [retried] = await send(open('2', { isRetry: true }), clock, 1, 1);
	expect(retried?.isForeign).toBe(true);
});

import { PendingOutput, type Job, type OpenRun } from '../../../nodes/PolyAiOutbound/operation.ts';
import { runItems } from '../../../nodes/PolyAiOutbound/run/runItems.ts';
import { VirtualClock } from '../../support/unit/virtualClock.mts';

/** A run whose items do what the list says; it notes what was started and what has ended. */
function runOf(jobs: Array<Job | Error>, concurrency = 2) {
	const started: number[] = [];
	const ended: number[] = [];
	const run: OpenRun = {
		concurrency,
		prepare(item) {
			const job = jobs[item];
			if (job === undefined || job instanceof Error) throw job;
			return async () => {
				started.push(item);
				return await job().finally(() => ended.push(item));
			};
		},
	};
	return { run, started, ended, count: jobs.length };
}

const value = (item: number) => ({ value: { item } });
const failing: Job = () => Promise.reject(new Error('No'));

test('what comes out is in the order of the items, whatever ends first', async () => {
	const clock = new VirtualClock();
	const jobs = [900, 100, 500, 0].map(
		(ms, item): Job =>
			async () => {
				await clock.sleep(ms);
				return { item };
			},
	);
	const { run, ended, count } = runOf(jobs, 4);
	const { outcomes, firstFailure } = await runItems(run, count, { stopsAtFailure: true });
	expect(ended).toEqual([3, 1, 2, 0]);
	expect(outcomes).toEqual([value(0), value(1), value(2), value(3)]);
	expect(firstFailure).toBeUndefined();
});

test('while a result is waited for, the next items go on', async () => {
	const clock = new VirtualClock();
	const jobs = [0, 1, 2].map(
		(item): Job =>
			async () => {
				return new PendingOutput(clock.sleep(60_000 - item).then(() => ({ item })));
			},
	);
	const { run, count } = runOf(jobs, 1);
	const start = clock.now();
	const { outcomes } = await runItems(run, count, { stopsAtFailure: true });
	expect(outcomes).toEqual([value(0), value(1), value(2)]);
	expect(clock.now() - start).toBe(60_000);
});

describe('with “Continue on fail”', () => {
	test('every other item is done', async () => {
		const { run, count } = runOf([failing, async () => ({ item: 1 }), new Error('Bad row')]);
		const { outcomes, firstFailure } = await runItems(run, count, { stopsAtFailure: false });
		expect(outcomes).toEqual([
			{ error: new Error('No') },
			value(1),
			{ error: new Error('Bad row') },
		]);
		// The first in time: rows are read while calls are under way.
		expect(firstFailure).toBe(0);
	});

	test('while calls are under way, n8n is not kept from them by the reading of rows', async () => {
		let read = 0;
		const readDuringCall: number[] = [];
		const call: Job = async () => {
			const before = read;
			await new Promise((done) => setImmediate(done));
			readDuringCall.push(read - before);
			return {};
		};
		const run = { concurrency: 1, prepare: () => (read++, call) };
		await runItems(run, 100, { stopsAtFailure: false });
		expect(read).toBe(100);
		expect(Math.max(...readDuringCall)).toBeLessThan(5);
	});
});

describe('without “Continue on fail”', () => {
	test('a bad row at the end is found before anything is sent', async () => {
		const good: Job = async () => ({});
		const { run, started, count } = runOf([good, good, new Error('Bad row')]);
		const { outcomes, firstFailure } = await runItems(run, count, { stopsAtFailure: true });
		expect(started).toEqual([]);
		expect(firstFailure).toBe(2);
		expect(outcomes[2]).toEqual({ error: new Error('Bad row') });
		expect(outcomes[0]).toMatchObject({ error: { code: 'timedOut' } });
	});

	test('nothing is started after a failure, what is on its way is waited for', async () => {
		const clock = new VirtualClock();
		const slow: Job = async () => {
			await clock.sleep(5000);
			return { item: 0 };
		};
		const { run, started, ended, count } = runOf([slow, failing, slow, slow]);
		let givenUp = 0;
		const { outcomes, firstFailure } = await runItems({ ...run, giveUp: () => givenUp++ }, count, {
			stopsAtFailure: true,
		});
		expect(started).toEqual([0, 1]);
		expect(ended).toEqual([1, 0]);
		expect(firstFailure).toBe(1);
		expect(givenUp).toBe(1);
		expect(outcomes[0]).toEqual(value(0));
		expect(outcomes[3]).toMatchObject({ error: { message: expect.stringContaining('stopped') } });
	});

	test('the error is that of the item that failed first, not of those given up because of it', async () => {
		const clock = new VirtualClock();
		let giveUp = () => {};
		const waiting = new Promise<never>((_, reject) => {
			giveUp = () => reject(new Error('Given up'));
		});
		const jobs: Job[] = [
			async () => new PendingOutput(waiting),
			async () => {
				await clock.sleep(100);
				throw new Error('The cause');
			},
		];
		const { run, count } = runOf(jobs);
		const { outcomes, firstFailure } = await runItems({ ...run, giveUp }, count, {
			stopsAtFailure: true,
		});
		expect(firstFailure).toBe(1);
		expect(outcomes).toEqual([{ error: new Error('Given up') }, { error: new Error('The cause') }]);
	});
});

test('Stop starts nothing more, and each item that was not done says so', async () => {
	const stop = new AbortController();
	const jobs: Job[] = [0, 1, 2].map((item) => async () => {
		stop.abort();
		return { item };
	});
	const { run, started, count } = runOf(jobs, 1);
	const rules = { stopsAtFailure: false, signal: stop.signal };
	const { outcomes } = await runItems(run, count, rules);
	expect(started).toEqual([0]);
	expect(outcomes[0]).toEqual(value(0));
	for (const outcome of outcomes.slice(1)) {
		expect(outcome).toMatchObject({ error: { code: 'timedOut' } });
	}
});

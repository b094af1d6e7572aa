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

let clock: VirtualClock;
beforeEach(() => {
	clock = new VirtualClock();
});

const value = (item: number) => ({ value: { item } });
const failing: Job = () => Promise.reject(new Error('No'));

test('what comes out is in the order of the items, whatever ends first', async () => {
	const jobs = [900, 100, 500, 0].map(
		(ms, item): Job =>
			async () => {
				await clock.sleep(ms);
				return { item };
			},
	);
	const { run, ended, count } = runOf(jobs, 4);
	const { outcomes, firstFailure } = await runItems(run, count, { stopsAtFailure: true, clock });
	expect(ended).toEqual([3, 1, 2, 0]);
	expect(outcomes).toEqual([value(0), value(1), value(2), value(3)]);
	expect(firstFailure).toBeUndefined();
});

test('an item whose work cannot even begin fails, and nothing else does', async () => {
	const broken: Job = () => {
		throw new Error('No');
	};
	const jobs: Job[] = [async () => ({ item: 0 }), broken, async () => ({ item: 2 })];
	const prepare = (item: number) => jobs[item] as Job;
	const run = { concurrency: 1, prepare };
	const { outcomes } = await runItems(run, jobs.length, { stopsAtFailure: false, clock });
	expect(outcomes).toEqual([value(0), { error: new Error('No') }, value(2)]);
});

test('while a result is waited for, the next items go on', async () => {
	const jobs = [0, 1, 2].map(
		(item): Job =>
			async () => {
				return new PendingOutput(clock.sleep(60_000 - item).then(() => ({ item })));
			},
	);
	const { run, count } = runOf(jobs, 1);
	const start = clock.now();
	const { outcomes } = await runItems(run, count, { stopsAtFailure: true, clock });
	expect(outcomes).toEqual([value(0), value(1), value(2)]);
	expect(clock.now() - start).toBe(60_000);
});

test.each([
	[8, 1],
	[16, 2],
])(
	'of %d items that could start together, the requests leave %d at a time before the next items start',
	async (concurrency, atATime) => {
		const happened: string[] = [];
		const items = Array.from({ length: concurrency }, (_, item) => item);
		const jobs = items.map((item): Job => {
			return async () => {
				happened.push(`${item} starts`);
				await clock.sleep(1);
				happened.push(`${item} leaves`);
				return {};
			};
		});
		const { run, count } = runOf(jobs, concurrency);
		await runItems(run, count, { stopsAtFailure: true, clock });
		// The first one starts alone.
		const groups = [[0], ...chunks(items.slice(1), atATime)];
		const inGroups = groups.flatMap((group) => [
			...group.map((item) => `${item} starts`),
			...group.map((item) => `${item} leaves`),
		]);
		expect(happened).toEqual(inGroups);
	},
);

function chunks(items: number[], size: number): number[][] {
	return items.length === 0 ? [] : [items.slice(0, size), ...chunks(items.slice(size), size)];
}

test.each([true, false])(
	'thousands of rows that send nothing neither keep n8n from everything else nor take a pause each (stops at a failure: %s)',
	async (stopsAtFailure) => {
		const handled = new Map<number, number>();
		const handle = () => handled.set(clock.now(), (handled.get(clock.now()) ?? 0) + 1);
		const job: Job = async () => {
			handle();
			return {};
		};
		const prepare = () => {
			handle();
			return job;
		};
		await runItems({ concurrency: 5, prepare }, 2000, { stopsAtFailure, clock });
		const perMoment = [...handled.values()];
		expect(perMoment.reduce((sum, one) => sum + one)).toBe(2 * 2000);
		expect(Math.max(...perMoment)).toBeLessThanOrEqual(100);
		expect(perMoment.length).toBeLessThan(200);
	},
);

describe('with “Continue on fail”', () => {
	test('every other item is done', async () => {
		const { run, count } = runOf([failing, async () => ({ item: 1 }), new Error('Bad row')]);
		const { outcomes, firstFailure } = await runItems(run, count, { stopsAtFailure: false, clock });
		expect(outcomes).toEqual([
			{ error: new Error('No') },
			value(1),
			{ error: new Error('Bad row') },
		]);
		// The first in time: rows are read while calls are under way.
		expect(firstFailure).toBe(0);
	});

	test('as many rows as may be in progress are read at once', async () => {
		const readAt: number[] = [];
		const prepare = (): Job => {
			readAt.push(clock.now());
			return async () => ({});
		};
		await runItems({ concurrency: 8, prepare }, 100, { stopsAtFailure: false, clock });
		expect(readAt.filter((time) => time === readAt[0])).toHaveLength(8);
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
		await runItems(run, 100, { stopsAtFailure: false, clock });
		expect(read).toBe(100);
		expect(Math.max(...readDuringCall)).toBeLessThan(5);
	});
});

describe('without “Continue on fail”', () => {
	test('a bad row at the end is found before anything is sent', async () => {
		const good: Job = async () => ({});
		const { run, started, count } = runOf([good, good, new Error('Bad row')]);
		const { outcomes, firstFailure } = await runItems(run, count, { stopsAtFailure: true, clock });
		expect(started).toEqual([]);
		expect(firstFailure).toBe(2);
		expect(outcomes[2]).toEqual({ error: new Error('Bad row') });
		expect(outcomes[0]).toMatchObject({ error: { code: 'timedOut' } });
	});

	test('nothing is started after a failure, what is on its way is waited for', async () => {
		const slow: Job = async () => {
			await clock.sleep(5000);
			return { item: 0 };
		};
		const { run, started, ended, count } = runOf([slow, failing, slow, slow]);
		let givenUp = 0;
		const { outcomes, firstFailure } = await runItems({ ...run, giveUp: () => givenUp++ }, count, {
			stopsAtFailure: true,
			clock,
		});
		expect(started).toEqual([0, 1]);
		expect(ended).toEqual([1, 0]);
		expect(firstFailure).toBe(1);
		expect(givenUp).toBe(1);
		expect(outcomes[0]).toEqual(value(0));
		expect(outcomes[3]).toMatchObject({ error: { message: expect.stringContaining('stopped') } });
	});

	test('the error is that of the item that failed first, not of those given up because of it', async () => {
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
			clock,
		});
		expect(firstFailure).toBe(1);
		expect(outcomes).toEqual([{ error: new Error('Given up') }, { error: new Error('The cause') }]);
	});
});

test.each([1, 3])(
	'Stop starts nothing more, and each item that was not done says so (%d at once)',
	async (concurrency) => {
		const stop = new AbortController();
		const jobs: Job[] = [0, 1, 2].map((item) => async () => {
			stop.abort();
			return { item };
		});
		const { run, started, count } = runOf(jobs, concurrency);
		const rules = { stopsAtFailure: false, signal: stop.signal, clock };
		const { outcomes } = await runItems(run, count, rules);
		expect(started).toEqual([0]);
		expect(outcomes[0]).toEqual(value(0));
		for (const outcome of outcomes.slice(1)) {
			expect(outcome).toMatchObject({ error: { code: 'timedOut' } });
		}
	},
);

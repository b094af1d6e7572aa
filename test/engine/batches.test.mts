import { useFastClock } from '../support/engine/fastClock.mts';
import { call, dialed, numbers, polyAi, run, sidsOf } from '../support/engine/polyAi.mts';

useFastClock();

function arrivals(): number[] {
	return polyAi.journal.requests.map(({ at }) => at);
}

test('results come out in the order of the items, whatever finishes first', async () => {
	const people = numbers(20);
	polyAi.fault(({ number }) => ({ delayMs: 200 * (20 - people.indexOf(number ?? '')) }));
	const { items } = await call(people, { options: { maxConcurrency: 20 } });

	expect(items.map(({ json }) => json.phoneNumber)).toEqual(people);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(people.map((_, item) => ({ item })));
	const sidOf = new Map(polyAi.journal.dials.map(({ number, callSid }) => [number, callSid]));
	expect(sidsOf(items)).toEqual(people.map((number) => sidOf.get(number)));
});

test.each([
	[{}, 5],
	[{ maxConcurrency: 1 }, 1],
	[{ maxConcurrency: 8 }, 8],
	[{ maxConcurrency: 100 }, 40],
])(
	'with the options %j, %i requests are in flight at most, and as many indeed',
	async (options, most) => {
		// Long enough for all that go together to leave, also on a machine that has other work: each
		// case really takes a second.
		polyAi.set({ latencyMs: 2500 * most });
		await call(numbers(40), { options });

		expect(polyAi.journal.counts.maxInFlight).toBe(most);
		expect(polyAi.journal.counts.dials).toBe(40);
	},
);

test('waiting for results takes no more requests in flight either', async () => {
	polyAi.set({ latencyMs: 1_000, queuedMs: 0, callingMs: 0 });
	await call(numbers(12), { operation: 'triggerAndWait', options: { maxConcurrency: 3 } });

	expect(polyAi.journal.counts.maxInFlight).toBe(3);
});

test('reading statuses takes no more requests in flight either', async () => {
	polyAi.set({ latencyMs: 2_000 });
	const { items } = await call(numbers(9), { options: { maxConcurrency: 9 } });
	polyAi.journal.reset();
	await run({
		operation: 'getStatus',
		items: items.map(({ json }) => ({ callSid: json.callSid as string })),
		options: { maxConcurrency: 4 },
	});

	expect(polyAi.journal.counts.maxInFlight).toBe(4);
});

test('Calls per Minute spreads the calls, one after the other', async () => {
	const perMinute = 12;
	const { items } = await call(numbers(7), { options: { callsPerMinute: perMinute } });

	const times = items.map(({ json }) => Date.parse(json.triggeredAt as string));
	expect([...times].sort()).toEqual(times);
	// The first may have been late in its slot: one interval less is certain.
	expect(times[6]! - times[0]!).toBeGreaterThanOrEqual((7 - 2) * (60_000 / perMinute));
	expect(polyAi.journal.counts.maxInFlight).toBe(1);
});

test('Calls per Minute does not slow the reading of results', async () => {
	polyAi.set({ queuedMs: 0, callingMs: 0 });
	const options = { callsPerMinute: 6, maxConcurrency: 3 };
	await call(numbers(3), { operation: 'triggerAndWait', options });

	const { requests } = polyAi.journal;
	const lastCall = requests.findLastIndex(({ operation }) => operation === 'trigger');
	const firstLook = requests.findIndex(({ operation }) => operation === 'status');
	expect(firstLook).toBeLessThan(lastCall);
});

describe('the same number twice in one run', () => {
	const [ann, bob] = numbers(2) as [string, string];
	const rows = [ann, bob, ann.replace('+44', '0'), ann];

	test('is called twice by default', async () => {
		await call(rows);

		expect(polyAi.journal.dialsByNumber()).toEqual({ [ann]: 3, [bob]: 1 });
	});

	test('is called once with Skip Duplicates; the later items come out as skipped', async () => {
		const { items } = await call(rows, { options: { skipDuplicates: true } });

		expect(dialed().sort()).toEqual([ann, bob].sort());
		expect(items.map(({ json }) => json.status)).toEqual([
			'queued',
			'queued',
			'skipped',
			'skipped',
		]);
		expect(items[2]).toEqual({
			json: {
				status: 'skipped',
				isFinal: true,
				phoneNumber: ann,
				country: 'GB',
				skipReason: 'duplicateNumber',
				reason: `${ann} stands in an earlier item of this execution.`,
			},
			pairedItem: { item: 2 },
		});
	});

	test.each(['={{ "true" }}', '={{ "TRUE" }}', '={{ true }}'])(
		'is skipped too when an expression turns the option on: %s',
		async (skipDuplicates) => {
			await call(rows, { options: { skipDuplicates } });

			expect(polyAi.journal.dialsByNumber()).toEqual({ [ann]: 1, [bob]: 1 });
		},
	);

	test('is not called at all when the option cannot be read', async () => {
		const { error } = await call(rows, { options: { skipDuplicates: '={{ "perhaps" }}' } });

		expect(error?.message).toBe("'Skip Duplicates' must be true or false");
		expect(polyAi.journal.requests).toEqual([]);
	});

	test('is skipped in every try of "Retry On Fail"', async () => {
		polyAi.fault({ on: 'trigger', numbers: [bob], answer: 400, times: 1 });
		const { items, calls } = await call([ann, ann, bob], {
			options: { skipDuplicates: true },
			retryOnFail: true,
		});

		expect(calls).toBe(2);
		expect(items.map(({ json }) => json.status)).toEqual(['queued', 'skipped', 'queued']);
		expect(polyAi.journal.dialsByNumber()).toEqual({ [ann]: 1, [bob]: 1 });
	});
});

test('a 429 slows the whole batch: nobody is called before its time is over', async () => {
	const people = numbers(6);
	polyAi.fault({ on: 'trigger', numbers: [people[0]!], answer: 429, retryAfter: 60, times: 1 });
	for (const number of people.slice(1, 3)) polyAi.fault({ numbers: [number], delayMs: 5_000 });
	const { items } = await call(people, { options: { maxConcurrency: 3 } });

	const [refusedAt, ...times] = arrivals() as [number, ...number[]];
	// The two that were under way when PolyAI asked to slow down, then the four others.
	expect(times.filter((time) => time - refusedAt < 60_000)).toHaveLength(2);
	expect(times).toHaveLength(6);
	expect(items.every(({ json }) => json.status === 'queued')).toBe(true);
	expect(polyAi.journal.counts.numbersDialedTwice).toBe(0);
});

test('200 rows: all are called once and come out in order', async () => {
	const people = numbers(200);
	const { items } = await call(people, { options: { maxConcurrency: 50 } });

	expect(items.map(({ json }) => json.phoneNumber)).toEqual(people);
	expect(polyAi.journal.counts.dials).toBe(200);
	expect(polyAi.journal.counts.numbersDialedTwice).toBe(0);
});

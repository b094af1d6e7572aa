import fc from 'fast-check';
import type { Outcome } from '../simulator/calls/outcomes.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	call,
	dialed,
	errorOf,
	expectNobodyRungTwice,
	numbers,
	polyAi,
	type Run,
} from '../support/engine/polyAi.mts';

beforeEach(() => {
	useFastClock();
	polyAi.set({ queuedMs: 0, callingMs: 5000 });
});

const [ann, bob, cem] = numbers(3) as [string, string, string];

async function callWith(maxLiveCalls: number, phones: string[], { options, ...given }: Run = {}) {
	return await call(phones, {
		operation: 'triggerAndWait',
		options: { maxLiveCalls, pollInterval: 2, waitTimeout: 1, maxConcurrency: 20, ...options },
		...given,
	});
}

/** So many calls were in progress at once, at the most. */
function mostAtOnce(): number {
	const calls = polyAi.calls.all().map((one) => {
		const { since, status } = polyAi.calls.stateOf(one);
		return { from: one.placedAt, to: status === 'calling' ? Infinity : since };
	});
	return Math.max(
		0,
		...calls.map(({ from }) => calls.filter((one) => one.from <= from && from < one.to).length),
	);
}

test.each([1, 3])(
	'at most %i calls are in progress, and all are placed in the end',
	async (most) => {
		const { items } = await callWith(most, numbers(9));
		expect(items.map(({ json }) => json.status)).toEqual(numbers(9).map(() => 'success'));
		expect(mostAtOnce()).toBeLessThanOrEqual(most);
		// Of several that may be placed at once, any may be the first.
		expect(most === 1 ? dialed() : dialed().sort()).toEqual(numbers(9));
	},
);

test('without the option there is no limit', async () => {
	polyAi.set({ outcome: 'never-ends' });
	await callWith(0, numbers(9));
	expect(mostAtOnce()).toBe(9);
});

test('what finds no room is not placed, and says so', async () => {
	polyAi.set({ outcomeByNumber: { [ann]: 'never-ends' } });
	const { items } = await callWith(1, [ann, bob, cem]);
	expect(items[0]?.json).toMatchObject({ status: 'calling', timedOut: true });
	for (const [index, phoneNumber] of [bob, cem].entries()) {
		expect(items[index + 1]?.json).toEqual({
			status: 'skipped',
			isFinal: true,
			phoneNumber,
			country: 'GB',
			skipReason: 'tooManyLiveCalls',
			reason: expect.stringContaining(`${phoneNumber} was not called`),
		});
	}
	expect(dialed()).toEqual([ann]);
});

test('or fails, if the item asks for it', async () => {
	polyAi.set({ outcomeByNumber: { [ann]: 'never-ends' } });
	const { items } = await callWith(1, [ann, bob], {
		options: { onTimeout: 'error' },
		onError: 'continueRegularOutput',
	});
	expect(errorOf(items[1] as (typeof items)[number])).toMatchObject({
		code: 'timedOut',
		message: `${bob} was not called, since there was no room`,
		phoneNumber: bob,
	});
	expect(dialed()).toEqual([ann]);
});

test('a call that never ends leaves the others the rest of the room', async () => {
	polyAi.set({ outcomeByNumber: { [ann]: 'never-ends' } });
	const { items } = await callWith(2, numbers(6));
	expect(items.slice(1).map(({ json }) => json.status)).toEqual(Array(5).fill('success'));
	expect(mostAtOnce()).toBe(2);
});

test('a call that may have been placed may be in progress', async () => {
	polyAi.fault({ on: 'trigger', answer: 'reset', dials: true, numbers: [ann] });
	const { items } = await callWith(1, [ann, bob], { onError: 'continueRegularOutput' });
	expect(items[0]?.json.error).toMatchObject({ code: 'outcomeUnknown' });
	expect(items[1]?.json).toMatchObject({ skipReason: 'tooManyLiveCalls' });
	expect(dialed()).toEqual([ann]);
});

test('a call that was refused or skipped takes no room', async () => {
	polyAi.fault({ on: 'trigger', answer: 400, numbers: [ann] });
	const { items } = await callWith(1, [ann, bob, bob, cem], {
		options: { skipDuplicates: true },
		onError: 'continueRegularOutput',
	});
	expect(items.slice(1).map(({ json }) => json.status)).toEqual(['success', 'skipped', 'success']);
});

test('a second try of Retry On Fail waits for calls of the first, and places none of them again', async () => {
	polyAi.fault({ on: 'trigger', answer: 400, numbers: [cem], times: 1 });
	const { items } = await callWith(1, [ann, bob, cem], { retryOnFail: true });
	expect(items.map(({ json }) => json.status)).toEqual(['success', 'success', 'success']);
	expectNobodyRungTwice();
});

test('Stop ends the waiting for room, and nobody else is called', async () => {
	polyAi.set({ outcome: 'never-ends' });
	const stop = new AbortController();
	polyAi.fault(({ operation }) => {
		if (operation === 'status') stop.abort();
		return undefined;
	});
	await callWith(1, [ann, bob, cem], { stop: stop.signal, options: { waitTimeout: 120 } });
	expect(dialed()).toEqual([ann]);
});

const aCall = fc.record({
	seconds: fc.integer({ min: 0, max: 30 }),
	fate: fc.constantFrom('ends', 'ends', 'ends', 'refused', 'unclear', 'neverEnds'),
});

test('however calls go, no more are in progress, nobody is left out without a word', async () => {
	const story = fc.record({
		most: fc.integer({ min: 1, max: 4 }),
		calls: fc.array(aCall, { minLength: 1, maxLength: 12 }),
	});
	await fc.assert(
		fc.asyncProperty(story, async ({ most, calls }) => {
			polyAi.reset();
			const phones = numbers(calls.length);
			const outcomes = calls.map(({ seconds, fate }, index): [string, Outcome] => {
				const outcome = { status: 'success', callingMs: seconds * 1000 } as const;
				const goesOn = { ...outcome, staysIn: 'calling' } as const;
				return [phones[index] as string, fate === 'neverEnds' ? goesOn : outcome];
			});
			polyAi.set({ queuedMs: 0, outcomeByNumber: Object.fromEntries(outcomes) });
			const fateOf = (number?: string) => calls[phones.indexOf(number ?? '')]?.fate;
			polyAi.fault(({ operation, number }) => {
				if (operation !== 'trigger') return undefined;
				if (fateOf(number) === 'refused') return { answer: 400 };
				return fateOf(number) === 'unclear' ? { answer: 'reset', dials: true } : undefined;
			});
			const { items } = await callWith(most, phones, { onError: 'continueRegularOutput' });
			expect(mostAtOnce()).toBeLessThanOrEqual(most);
			expect(items).toHaveLength(calls.length);
			const called = new Set(dialed());
			for (const [index, { json }] of items.entries()) {
				const wasSkipped = json.skipReason === 'tooManyLiveCalls';
				const isDialed = called.has(phones[index] as string);
				expect(isDialed).toBe(!wasSkipped && calls[index]?.fate !== 'refused');
			}
			expectNobodyRungTwice();
		}),
		{ numRuns: 12 },
	);
});

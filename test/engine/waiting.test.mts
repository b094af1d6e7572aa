import { useFastClock } from '../support/engine/fastClock.mts';
import {
	call,
	dialed,
	errorOf,
	expectNobodyRungTwice,
	numbers,
	polyAi,
	run,
	sidsOf,
	type Run,
} from '../support/engine/polyAi.mts';

useFastClock();

const ISO_UTC = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
const [ann, bob, cleo] = numbers(3) as [string, string, string];
/** A call SID that no call has. */
const GONE = '00000000-0000-4000-8000-000000000001';
const waiting = { operation: 'triggerAndWait' };

/** Two hours, which nobody who runs these tests would wait for. */
const LONG = { waitTimeout: 120 };

async function waitFor(callSids: unknown[], given: Run = {}) {
	const items = callSids.map((callSid) => ({ callSid: callSid as string, phoneNumber: ann }));
	return await run({ operation: 'waitForResult', items, ...given });
}

function looksAt(callSid: unknown): number[] {
	return polyAi.journal.requests
		.filter((request) => request.operation === 'status' && request.callSid === callSid)
		.map(({ at }) => at);
}

describe('Trigger and Wait', () => {
	test('gives what Trigger and Get Status give, how long it took and that it did not time out', async () => {
		const { items } = await call([ann], waiting);

		const { waitedSeconds } = items[0]?.json ?? {};
		expect(items).toEqual([
			{
				json: {
					callSid: polyAi.journal.dials[0]?.callSid,
					status: 'success',
					isFinal: true,
					phoneNumber: ann,
					country: 'GB',
					triggeredAt: ISO_UTC,
					createdAt: ISO_UTC,
					lastUpdated: ISO_UTC,
					checkedAt: ISO_UTC,
					waitedSeconds: expect.any(Number),
					timedOut: false,
				},
				pairedItem: { item: 0 },
			},
		]);
		// Two seconds in the queue and five of conversation.
		expect(waitedSeconds).toBeGreaterThanOrEqual(6);
	});

	test('a call that failed is a result, not an error, and tells the reason', async () => {
		polyAi.set({ versions: ['g2'], outcome: 'no-answer' });
		const { items, status } = await call([ann], waiting);

		expect(status).toBe('success');
		expect(items[0]?.json).toMatchObject({ status: 'failure', isFinal: true, reason: 'no-answer' });
		expect(items[0]?.json).not.toHaveProperty('error');
	});

	test('waits for all together, and gives their results in the order of the items', async () => {
		const people = numbers(30);
		polyAi.set({
			outcomeByNumber: Object.fromEntries(
				people.map((number, index) => [
					number,
					{ status: index % 3 ? 'success' : 'failure', callingMs: (30 - index) * 1000 },
				]),
			),
		});
		const { items } = await call(people, waiting);

		expect(items.map(({ json }) => [json.phoneNumber, json.status])).toEqual(
			people.map((number, index) => [number, index % 3 ? 'success' : 'failure']),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(people.map((_, item) => ({ item })));
		expect(polyAi.journal.counts.maxInFlight).toBeLessThanOrEqual(5);
		expectNobodyRungTwice();
	});

	test('asks again after the Poll Interval, and no more once a call has ended', async () => {
		polyAi.set({ queuedMs: 0, callingMs: 30_000 });
		const { items } = await call([ann], { ...waiting, options: { pollInterval: 10 } });

		const looks = looksAt(items[0]?.json.callSid);
		expect(looks.length).toBeGreaterThan(2);
		for (const [index, look] of looks.slice(1).entries()) {
			expect(look - (looks[index] ?? 0)).toBeGreaterThanOrEqual(9_000);
		}
	});

	test('a call so new that PolyAI does not know it yet is asked for again', async () => {
		polyAi.fault({ on: 'status', answer: 404, times: 2 });
		const { items } = await call([ann], { ...waiting, options: { pollInterval: 2 } });

		expect(items[0]?.json).toMatchObject({ status: 'success' });
	});

	test('failures that pass do not end the waiting', async () => {
		for (const answer of [500, 'reset', 'garbage', 429] as const) {
			polyAi.fault({ on: 'status', answer, times: 1 });
		}
		const { items } = await call([ann], waiting);

		expect(items[0]?.json).toMatchObject({ status: 'success', timedOut: false });
	});

	test('a wait that fails names the call, and the others go on', async () => {
		polyAi.fault({ on: 'status', numbers: [bob], answer: 401 });
		const { items } = await call([ann, bob, cleo], {
			...waiting,
			onError: 'continueRegularOutput',
		});

		const callSid = polyAi.journal.dials.find(({ number }) => number === bob)?.callSid;
		expect(errorOf(items[1] ?? { json: {} })).toMatchObject({ code: 'unauthorized', callSid });
		expect([items[0]?.json.status, items[2]?.json.status]).toEqual(['success', 'success']);
	});

	test('On Error "Stop": a wait that fails ends the others at once, and the error names every call', async () => {
		polyAi.set({ outcome: 'never-ends' });
		polyAi.fault({ on: 'status', numbers: [bob], answer: 401 });
		const { error } = await call([ann, bob, cleo], { ...waiting, options: LONG });

		expect(error).toMatchObject({ context: { itemIndex: 1, code: 'unauthorized' } });
		for (const { number, callSid } of polyAi.journal.dials) {
			expect(error).toMatchObject({
				description: expect.stringContaining(`${number} (${callSid})`),
			});
		}
	});

	test('"Retry On Fail" waits on for the calls that were placed, and places none', async () => {
		polyAi.fault({ on: 'status', numbers: [bob], answer: 401, times: 1 });
		const { items, calls } = await call([ann, bob], { ...waiting, retryOnFail: true });

		expect(calls).toBe(2);
		expect(items.map(({ json }) => json.status)).toEqual(['success', 'success']);
		expect(dialed().sort()).toEqual([ann, bob]);
		expect(sidsOf(items).sort()).toEqual(polyAi.journal.dials.map(({ callSid }) => callSid).sort());
	});

	test('does not wait for a call that was skipped', async () => {
		const { items } = await call([ann, ann], { ...waiting, options: { skipDuplicates: true } });

		expect(items.map(({ json }) => json.status)).toEqual(['success', 'skipped']);
		expect(items[1]?.json).not.toHaveProperty('timedOut');
	});
});

describe('a call that does not end', () => {
	beforeEach(() => polyAi.set({ outcome: 'never-ends', queuedMs: 0 }));

	test('comes out with its last status and timedOut', async () => {
		const { items } = await call([ann], { ...waiting, options: { waitTimeout: 1 } });

		expect(items[0]?.json).toMatchObject({ status: 'calling', isFinal: false, timedOut: true });
		expect(items[0]?.json.waitedSeconds).toBeGreaterThanOrEqual(60);
	});

	test.each([
		[1, '1 minute'],
		[2, '2 minutes'],
	])('is an error after %i when the user wants that', async (waitTimeout, minutes) => {
		const { items } = await call([ann], {
			...waiting,
			options: { waitTimeout, onTimeout: 'error' },
			onError: 'continueRegularOutput',
		});

		expect(errorOf(items[0] ?? { json: {} })).toEqual({
			message: `The call had not ended after ${minutes}`,
			code: 'timedOut',
			description:
				"Its last status was calling. The call itself goes on. Raise 'Wait Timeout' in the options, or read the status later with Get Status.",
			callSid: polyAi.journal.dials[0]?.callSid,
		});
	});

	test.each(['triggerAndWait', 'waitForResult'])('Stop ends %s at once', async (operation) => {
		const { items: placed } = await call([ann]);
		const button = new AbortController();
		polyAi.fault(({ operation: kind }) => {
			if (kind === 'status') button.abort();
			return undefined;
		});
		const items = [{ phone: bob, callSid: placed[0]?.json.callSid as string }];
		const result = await run({ operation, items, options: LONG, stop: button.signal });

		expect(result.status).toBe('canceled');
		expect(polyAi.journal.requests.filter(({ operation: kind }) => kind === 'status')).toHaveLength(
			1,
		);
		if (operation === 'waitForResult') return;
		const callSid = polyAi.journal.dials.find(({ number }) => number === bob)?.callSid;
		expect(Object.values(result.saved.customData)).toEqual([callSid]);
	});
});

describe('Wait for Result', () => {
	test('gives the fields of a status, how long it took, and keeps the number of the item', async () => {
		const { items: placed } = await call([ann]);
		const { items } = await waitFor(sidsOf(placed));

		expect(items[0]?.json).toEqual({
			callSid: placed[0]?.json.callSid,
			status: 'success',
			isFinal: true,
			createdAt: ISO_UTC,
			lastUpdated: ISO_UTC,
			checkedAt: ISO_UTC,
			waitedSeconds: expect.any(Number),
			timedOut: false,
			phoneNumber: ann,
		});
		expect(dialed()).toEqual([ann]);
	});

	test('a call that PolyAI does not know fails at once, and the others go on', async () => {
		const { items: placed } = await call([ann]);
		const { items } = await waitFor([GONE, ...sidsOf(placed), ''], {
			options: LONG,
			onError: 'continueRegularOutput',
		});

		expect(errorOf(items[0] ?? { json: {} })).toMatchObject({
			message: `PolyAI does not know the call “${GONE}”`,
			code: 'notFound',
			callSid: GONE,
		});
		expect(items[1]?.json).toMatchObject({ status: 'success' });
		expect(errorOf(items[2] ?? { json: {} })).toMatchObject({ message: 'The call SID is empty' });
		expect(looksAt(GONE)).toHaveLength(1);
	});

	test('"Retry On Fail" waits anew', async () => {
		const { items: placed } = await call([ann]);
		polyAi.fault({ on: 'status', answer: 401, times: 1 });
		const { items, calls } = await waitFor(sidsOf(placed), { retryOnFail: true });

		expect(calls).toBe(2);
		expect(items[0]?.json).toMatchObject({ status: 'success' });
	});
});

test.each([
	[{ pollInterval: 1 }, "'Poll Interval (Seconds)' must be a number from 2 to 60"],
	[{ waitTimeout: 121 }, "'Wait Timeout (Minutes)' must be a number from 1 to 120"],
	[{ onTimeout: 'explode' }, "'On Timeout' must be one of: error, returnStatus"],
])('the options %j are refused, and nobody is called', async (options, message) => {
	const { error } = await call([ann], { ...waiting, options });

	expect(error?.message).toBe(message);
	expect(polyAi.journal.requests).toEqual([]);
});

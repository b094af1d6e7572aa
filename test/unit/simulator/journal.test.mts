import { inFlight } from '../../support/unit/simulator/arrivals.mts';
import { manualClock } from '../../support/unit/simulator/manualClock.mts';
import { place, status, trigger } from '../../support/unit/simulator/polyAiClient.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';

const LONDON = '+442079460123';
const LEEDS = '+442079460124';

test('every request is kept as it came and as it was answered', async () => {
	const clock = manualClock('2026-03-02T09:00:00.000Z');
	const polyAi = await startPolyAi({ clock });
	const callSid = await place(polyAi, LONDON);
	clock.advance(1_500);
	await status(polyAi, callSid);

	const at = Date.parse('2026-03-02T09:00:00.000Z');
	expect(polyAi.journal.requests).toEqual([
		{
			at,
			method: 'POST',
			path: '/v1/outbound-calling/trigger',
			headers: expect.objectContaining({ 'x-polyai-auth-token': 'simulator-token' }),
			rawBody: `{"to_number":"${LONDON}"}`,
			body: { to_number: LONDON },
			operation: 'trigger',
			version: 'g1',
			callSid,
			dialed: true,
			answer: {
				status: 200,
				body: { callSid },
				headers: expect.objectContaining({
					'content-type': 'application/json',
					'x-polyai-correlation-id': expect.any(String),
				}),
				ended: 'complete',
			},
		},
		expect.objectContaining({
			at: at + 1_500,
			method: 'GET',
			path: `/v1/outbound-calling/${callSid}/status`,
			rawBody: '',
			body: undefined,
			operation: 'status',
			callSid,
			dialed: false,
		}),
	]);
});

test('a dial says who was rung, when, and with what', async () => {
	const clock = manualClock();
	const polyAi = await startPolyAi({ versions: ['g2'], clock });
	const metadata = { patient: 'Ada' };
	const callSid = await place(polyAi, { to_number: LONDON, metadata }, 'g2');
	expect(polyAi.journal.dials).toEqual([
		{
			number: LONDON,
			callSid,
			at: clock.now(),
			version: 'g2',
			environment: 'live',
			metadata,
		},
	]);
});

test('it counts requests by kind, and numbers that were rung more than once', async () => {
	const polyAi = await startPolyAi();
	for (const number of [LONDON, LONDON, LONDON, LEEDS]) await place(polyAi, number);
	await status(polyAi, await place(polyAi, '+442079460125'));
	await trigger(polyAi, 'nobody');
	expect(polyAi.journal.counts).toEqual({
		requests: 7,
		byOperation: {
			trigger: 6,
			status: 1,
			variants: 0,
			conversation: 0,
			recording: 0,
			list: 0,
			unknown: 0,
		},
		dials: 5,
		numbersDialedTwice: 1,
		inFlight: 0,
		maxInFlight: 1,
		maxTriggersInFlight: 1,
	});
	expect(polyAi.journal.dialsByNumber()).toEqual({
		[LONDON]: 3,
		[LEEDS]: 1,
		'+442079460125': 1,
	});
});

test('it tells how many requests were in flight at most, and how many triggers of them', async () => {
	let open = () => {};
	const rateLimiter = new Promise<void>((resolve) => (open = resolve));
	const held = await startPolyAi({ latencyMs: 1, sleep: async () => await rateLimiter });
	const triggers = [LONDON, LEEDS, LONDON].map(async (number) => await trigger(held, number));
	const reads = [status(held, 'OUT-1'), status(held, 'OUT-2')];
	await inFlight(held, 5);
	expect(held.journal.counts).toMatchObject({ inFlight: 5, maxInFlight: 5 });
	open();
	await Promise.all([...triggers, ...reads]);
	await place(held, LONDON);
	expect(held.journal.counts).toMatchObject({
		inFlight: 0,
		maxInFlight: 5,
		maxTriggersInFlight: 3,
	});
});

test('a reset goes on counting what still hangs', async () => {
	const polyAi = await startPolyAi({ faults: [{ answer: 'never', times: 1 }] });
	const leaving = new AbortController();
	const hanging = trigger(polyAi, LONDON, { signal: leaving.signal }).catch(() => {});
	await inFlight(polyAi, 1);
	polyAi.journal.reset();
	expect(polyAi.journal.counts).toMatchObject({
		requests: 0,
		inFlight: 1,
		maxInFlight: 1,
		maxTriggersInFlight: 1,
	});
	leaving.abort();
	await hanging;
	await inFlight(polyAi, 0);
});

test('the light journal keeps numbers and dials, no requests', async () => {
	const polyAi = await startPolyAi({ journal: 'counts' });
	const sid = await place(polyAi, LONDON);
	await status(polyAi, sid);
	expect(polyAi.journal.requests).toEqual([]);
	expect(polyAi.journal.dials).toHaveLength(1);
	expect(polyAi.journal.counts).toMatchObject({ requests: 2, dials: 1, maxInFlight: 1 });
});

test('a hundred requests at once are all answered, each with a call of its own', async () => {
	const polyAi = await startPolyAi({ journal: 'counts' });
	const numbers = Array.from({ length: 100 }, (_, i) => `+4420794601${String(i).padStart(2, '0')}`);
	polyAi.set({ magicNumbers: false });
	const sids = await Promise.all(numbers.map(async (number) => await place(polyAi, number)));
	expect(new Set(sids).size).toBe(100);
	expect(polyAi.journal.counts).toMatchObject({ dials: 100, numbersDialedTwice: 0 });
});

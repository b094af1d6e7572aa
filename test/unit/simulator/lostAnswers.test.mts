import type { Fault } from '../../simulator/faults/fault.mts';
import { giveUpOn, inFlight } from '../../support/unit/simulator/arrivals.mts';
import {
	place,
	send,
	SPOKEN,
	status,
	trigger,
} from '../../support/unit/simulator/polyAiClient.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';

const LONDON = '+442079460123';

/** How a request broke, in the words of Node's fetch. */
async function breakOf(request: Promise<unknown>) {
	const error = await request.then(
		() => undefined,
		(thrown: Error) => thrown,
	);
	return (error?.cause as { code?: string } | undefined)?.code;
}

describe.each([
	['before the call was placed', false],
	['after the call was placed', true],
])('%s', (_when, dials) => {
	test('no answer comes', async () => {
		const polyAi = await startPolyAi();
		polyAi.fault({ on: 'trigger', answer: 'never', dials });
		const ask = async (signal: AbortSignal) => await trigger(polyAi, LONDON, { signal });
		expect(await giveUpOn(polyAi, ask)).toBe('no answer');
		expect(polyAi.journal.dials).toHaveLength(dials ? 1 : 0);
		const [entry] = polyAi.journal.requests;
		expect(entry).toMatchObject({ operation: 'trigger', dialed: dials });
		expect(entry?.answer).toBeUndefined();
	});

	test.each<[Fault['answer'], string, string]>([
		['reset', 'ECONNRESET', 'reset'],
		['hangUp', 'UND_ERR_SOCKET', 'hungUp'],
	])('the connection breaks: %s', async (answer, code, ended) => {
		const polyAi = await startPolyAi();
		polyAi.fault({ on: 'trigger', answer, dials, times: 1 });
		expect(await breakOf(trigger(polyAi, LONDON))).toBe(code);
		expect(polyAi.journal.dials).toHaveLength(dials ? 1 : 0);
		expect(polyAi.journal.requests[0]).toMatchObject({
			dialed: dials,
			answer: { headers: {}, ended },
		});
		expect((await trigger(polyAi, LONDON)).status).toBe(200);
	});
});

test('unless said otherwise, nobody is rung by a request that gets no answer', async () => {
	const polyAi = await startPolyAi();
	polyAi.fault({ answer: 'reset' });
	await breakOf(trigger(polyAi, LONDON));
	expect(polyAi.journal.dials).toEqual([]);
});

test('while one request hangs, the others are answered', async () => {
	const polyAi = await startPolyAi();
	polyAi.fault({ answer: 'never', numbers: ['+442079460124'] });
	const leaving = new AbortController();
	const hanging = breakOf(trigger(polyAi, '+442079460124', { signal: leaving.signal }));
	await inFlight(polyAi, 1);
	expect((await trigger(polyAi, LONDON)).status).toBe(200);
	expect(polyAi.journal.counts.inFlight).toBe(1);
	leaving.abort();
	await hanging;
	await inFlight(polyAi, 0);
});

describe('an answer that cannot be read has placed the call', () => {
	test('garbage is a 200 that is no JSON', async () => {
		const polyAi = await startPolyAi({ faults: [{ on: 'trigger', answer: 'garbage' }] });
		const { status: code, text, headers } = await trigger(polyAi, LONDON);
		expect(code).toBe(200);
		expect(headers.get('content-type')).toBe('application/json');
		expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
		expect(polyAi.journal.dialsByNumber()).toEqual({ [LONDON]: 1 });
	});

	test('empty is a 200 without a body', async () => {
		const polyAi = await startPolyAi({ faults: [{ on: 'trigger', answer: 'empty' }] });
		expect(await trigger(polyAi, LONDON)).toMatchObject({ status: 200, text: '' });
		expect(polyAi.journal.requests[0]?.dialed).toBe(true);
	});

	test('truncated ends in the middle of the body', async () => {
		const polyAi = await startPolyAi({ faults: [{ on: 'trigger', answer: 'truncated' }] });
		expect(await breakOf(trigger(polyAi, LONDON))).toBe('UND_ERR_SOCKET');
		expect(polyAi.journal.requests[0]).toMatchObject({
			dialed: true,
			answer: { status: 200, ended: 'truncated' },
		});
	});

	test('a right answer may come with another 2xx', async () => {
		const polyAi = await startPolyAi({ faults: [{ on: 'trigger', answer: 202 }] });
		const { status: code, json } = await trigger(polyAi, LONDON);
		expect(code).toBe(202);
		expect(polyAi.calls.find(String(json.callSid))?.number).toBe(LONDON);
		expect((await trigger(polyAi, {})).status).toBe(400);
	});
});

test.each([301, 302, 307, 308])(
	'a redirect with %d leads elsewhere and dials nobody',
	async (code) => {
		const elsewhere = await startPolyAi();
		const location = elsewhere.url + SPOKEN.g1.trigger;
		const polyAi = await startPolyAi({ faults: [{ answer: code, location }] });
		const reply = await trigger(polyAi, LONDON);
		expect(reply.status).toBe(code);
		expect(reply.headers.get('location')).toBe(location);
		expect(polyAi.journal.dials).toEqual([]);
		expect(elsewhere.journal.requests).toEqual([]);
	},
);

test('a slow answer takes its latency and its delay, and is right', async () => {
	const waited: number[] = [];
	const sleep = async (ms: number) => void waited.push(ms);
	const polyAi = await startPolyAi({ sleep, latencyMs: 60 });
	const sid = await place(polyAi, LONDON);
	polyAi.fault({ on: 'status', delayMs: 5_000 });
	expect((await status(polyAi, sid)).json.status).toBe('queued');
	expect(waited).toEqual([60, 5_060]);
	expect(polyAi.journal.dials).toHaveLength(1);
});

test('a client that leaves a slow trigger has nevertheless placed the call', async () => {
	const sleep = async () => await new Promise<void>(() => {});
	const polyAi = await startPolyAi({ sleep, latencyMs: 60 });
	const ask = async (signal: AbortSignal) => await trigger(polyAi, LONDON, { signal });
	expect(await giveUpOn(polyAi, ask)).toBe('no answer');
	expect(polyAi.journal.dials).toHaveLength(1);
});

test('expired: the status is gone, from then on', async () => {
	const polyAi = await startPolyAi();
	const sid = await place(polyAi, LONDON);
	polyAi.fault({ on: 'status', answer: 'expired', times: 1 });
	expect((await status(polyAi, sid)).status).toBe(404);
	expect((await status(polyAi, sid)).status).toBe(404);
	expect((await send(polyAi, 'GET', '/_simulator/faults')).json).toMatchObject([{ times: 0 }]);
});

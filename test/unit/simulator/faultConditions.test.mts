import type { Fault, RequestSeen } from '../../simulator/faults/fault.mts';
import type { Simulator } from '../../simulator/server.mts';
import { place, SPOKEN, status, trigger } from '../../support/unit/simulator/polyAiClient.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';

const LONDON = '+442079460123';
const LEEDS = '+442079460124';

async function codes(polyAi: Simulator, numbers: string[]) {
	const replies: number[] = [];
	for (const number of numbers) replies.push((await trigger(polyAi, number)).status);
	return replies;
}

test('the next two requests, then all is well', async () => {
	const polyAi = await startPolyAi({ faults: [{ answer: 503, times: 2 }] });
	expect(await codes(polyAi, [LONDON, LONDON, LONDON])).toEqual([503, 503, 200]);
});

test('the first fault that matches wins, and the next one when it is used up', async () => {
	const polyAi = await startPolyAi({ faults: [{ answer: 503, times: 1 }, { answer: 429 }] });
	expect(await codes(polyAi, [LONDON, LONDON])).toEqual([503, 429]);
});

test('only triggers, or only the reading of a status', async () => {
	const polyAi = await startPolyAi();
	const sid = await place(polyAi, LONDON);
	const remove = polyAi.fault({ on: 'status', answer: 500 });
	expect([(await status(polyAi, sid)).status, ...(await codes(polyAi, [LONDON]))]).toEqual([
		500, 200,
	]);
	remove();
	polyAi.fault({ on: ['trigger', 'list'], answer: 502 });
	expect([(await status(polyAi, sid)).status, ...(await codes(polyAi, [LONDON]))]).toEqual([
		200, 502,
	]);
	polyAi.clearFaults();
	expect(await codes(polyAi, [LONDON])).toEqual([200]);
});

test('by number: its trigger and the status of its call, in every spelling', async () => {
	const polyAi = await startPolyAi({ versions: ['g2'] });
	const [good, bad] = [await place(polyAi, LONDON, 'g2'), await place(polyAi, LEEDS, 'g2')];
	polyAi.fault({ numbers: [LEEDS], answer: 500 });
	expect((await status(polyAi, good, 'g2')).status).toBe(200);
	expect((await status(polyAi, bad, 'g2')).status).toBe(500);
	const national = { to_number: '020 7946 0124', country_code: 'GB' };
	expect((await trigger(polyAi, national, { version: 'g2' })).status).toBe(500);
});

test.each<[string, (sid: string) => Fault]>([
	['by call SID', (sid) => ({ callSids: [sid], answer: 500 })],
	['by path', (sid) => ({ path: SPOKEN.g1.status(sid), answer: 500 })],
])('%s', async (_what, faultFor) => {
	const polyAi = await startPolyAi();
	const [one, other] = [await place(polyAi, LONDON), await place(polyAi, LONDON)];
	polyAi.fault(faultFor(one));
	expect((await status(polyAi, one)).status).toBe(500);
	expect((await status(polyAi, other)).status).toBe(200);
});

test('a share of the requests, the same ones with the same seed', async () => {
	const run = async (seed: number) => {
		const polyAi = await startPolyAi({ seed, faults: [{ answer: 503, share: 0.25 }] });
		return await codes(
			polyAi,
			Array.from({ length: 80 }, () => LONDON),
		);
	};
	const first = await run(5);
	expect(first.filter((code) => code === 503).length).toBeGreaterThan(8);
	expect(first.filter((code) => code === 503).length).toBeLessThan(34);
	expect(await run(5)).toEqual(first);
	expect(await run(6)).not.toEqual(first);
});

test('a seed that is set later starts the draw anew', async () => {
	const polyAi = await startPolyAi({ faults: [{ answer: 503, share: 0.5 }] });
	const draw = async () => {
		polyAi.set({ seed: 5 });
		return await codes(
			polyAi,
			Array.from({ length: 20 }, () => LONDON),
		);
	};
	const first = await draw();
	expect(new Set(first)).toEqual(new Set([200, 503]));
	expect(await draw()).toEqual(first);
});

test('a function decides for itself, from what the request is', async () => {
	const polyAi = await startPolyAi();
	const seen: RequestSeen[] = [];
	polyAi.fault((request) => {
		seen.push(request);
		return request.number === LEEDS ? { answer: 400, message: 'not Leeds' } : undefined;
	});
	expect(await codes(polyAi, [LONDON, LEEDS])).toEqual([200, 400]);
	expect(seen[0]).toEqual({
		operation: 'trigger',
		method: 'POST',
		path: '/v1/outbound-calling/trigger',
		number: LONDON,
		callSid: undefined,
		body: { to_number: LONDON },
	});
});

test('a fault comes before the magic of a number', async () => {
	const polyAi = await startPolyAi({ faults: [{ answer: 429, times: 1 }] });
	expect(await codes(polyAi, ['+442079460050', '+442079460050'])).toEqual([429, 500]);
});

test('an error in a fault’s function is said, and nothing hangs', async () => {
	const polyAi = await startPolyAi();
	const remove = polyAi.fault(() => {
		throw new Error('a slip of the pen');
	});
	const reply = await trigger(polyAi, LONDON);
	expect(reply).toMatchObject({
		status: 500,
		text: 'The simulator failed, not PolyAI: Error: a slip of the pen',
	});
	remove();
	expect(await codes(polyAi, [LONDON])).toEqual([200]);
});

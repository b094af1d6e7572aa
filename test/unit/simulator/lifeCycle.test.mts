import type { Simulator, SimulatorOptions } from '../../simulator/server.mts';
import { manualClock } from '../../support/unit/simulator/manualClock.mts';
import { place, status } from '../../support/unit/simulator/polyAiClient.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';

const LONDON = '+442079460123';
const TWO_HOURS = 2 * 60 * 60 * 1000;

let clock: ReturnType<typeof manualClock>;
let polyAi: Simulator;

async function start(options: SimulatorOptions = {}) {
	clock = manualClock();
	polyAi = await startPolyAi({ versions: ['g2'], clock, ...options });
}

/** What a client reads, `gone` for 404. */
async function read(sid: string) {
	const { status: code, json } = await status(polyAi, sid, 'g2');
	return code === 404 ? 'gone' : json.status;
}

test('a call is queued, then talks, then is over, to the millisecond', async () => {
	await start({ queuedMs: 3_000, callingMs: 10_000 });
	const sid = await place(polyAi, LONDON, 'g2');
	expect(await read(sid)).toBe('queued');
	clock.advance(2_999);
	expect(await read(sid)).toBe('queued');
	clock.advance(1);
	expect(await read(sid)).toBe('calling');
	clock.advance(9_999);
	expect(await read(sid)).toBe('calling');
	clock.advance(1);
	expect(await read(sid)).toBe('success');
});

test('a final status stays for two hours and never changes, then nobody knows the call', async () => {
	await start({ outcome: 'busy' });
	const sid = await place(polyAi, LONDON, 'g2');
	clock.advance(7_000);
	expect(await read(sid)).toBe('failure');
	polyAi.set({ outcome: 'success', callingMs: 60_000 });
	clock.advance(TWO_HOURS - 1);
	expect(await read(sid)).toBe('failure');
	clock.advance(1);
	expect(await read(sid)).toBe('gone');
});

test('a call can be forgotten at the very moment of its end', async () => {
	await start({ outcome: 'forgotten' });
	const sid = await place(polyAi, LONDON, 'g2');
	clock.advance(6_999);
	expect(await read(sid)).toBe('calling');
	clock.advance(1);
	expect(await read(sid)).toBe('gone');
});

test('the retention can be shortened; it counts from the end of the call', async () => {
	await start({ retentionMs: 1_000 });
	const sid = await place(polyAi, LONDON, 'g2');
	clock.advance(7_999);
	expect(await read(sid)).toBe('success');
	clock.advance(1);
	expect(await read(sid)).toBe('gone');
});

test('new settings are for new calls only', async () => {
	await start();
	const before = await place(polyAi, LONDON, 'g2');
	polyAi.set({ queuedMs: 60_000 });
	const after = await place(polyAi, LONDON, 'g2');
	clock.advance(2_000);
	expect([await read(before), await read(after)]).toEqual(['calling', 'queued']);
});

describe('by hand', () => {
	test('a call can be ended with any outcome, once', async () => {
		await start({ outcome: 'never-ends' });
		const sid = await place(polyAi, LONDON, 'g2');
		clock.advance(TWO_HOURS * 100);
		expect(await read(sid)).toBe('calling');
		polyAi.finish(sid, 'declined');
		expect((await status(polyAi, sid, 'g2')).json).toEqual({
			status: 'failure',
			reason: 'declined',
		});
		expect(() => polyAi.finish(sid)).toThrow(`The call ${sid} has ended: failure`);
		expect(() => polyAi.finish('OUT-1')).toThrow('There is no call OUT-1');
	});

	test('a call in the queue can be ended, and is forgotten two hours later', async () => {
		await start({ outcome: 'stuck-in-queue' });
		const sid = await place(polyAi, LONDON, 'g2');
		clock.advance(TWO_HOURS * 100);
		expect(await read(sid)).toBe('queued');
		polyAi.finish(sid);
		expect(await read(sid)).toBe('success');
		clock.advance(TWO_HOURS);
		expect(await read(sid)).toBe('gone');
	});

	test('a status can be made to expire at any time', async () => {
		await start();
		const sid = await place(polyAi, LONDON, 'g2');
		const other = await place(polyAi, LONDON, 'g2');
		polyAi.expire(sid);
		expect([await read(sid), await read(other)]).toEqual(['gone', 'queued']);
	});
});

test('older words can be put on the wire for the four statuses', async () => {
	// Not as the description of G2 has it, which is the point: the light journal keeps it out of the check.
	await start({ words: { calling: 'in-progress' }, journal: 'counts' });
	const sid = await place(polyAi, LONDON, 'g2');
	clock.advance(2_000);
	expect(await read(sid)).toBe('in-progress');
});

test('after a reset nothing is left of what was changed', async () => {
	await start({ faults: [{ on: 'status', answer: 500 }] });
	const sid = await place(polyAi, LONDON, 'g2');
	polyAi.set({ token: 'other', versions: ['g1'], errorShape: 'html' });
	polyAi.clearFaults();
	polyAi.reset();
	expect(polyAi.settings).toMatchObject({ token: 'simulator-token', versions: ['g2'] });
	expect(polyAi.settings.errorShape).toBeUndefined();
	expect((await status(polyAi, sid, 'g2')).status).toBe(500);
	polyAi.clearFaults();
	expect(await read(sid)).toBe('gone');
	expect(polyAi.journal.counts).toMatchObject({ requests: 2, dials: 0, maxInFlight: 1 });
});

import { FaultList } from '../../simulator/faults/faultList.mts';
import { combine, PROFILE_NAMES } from '../../simulator/profiles.mts';
import type { Simulator, SimulatorOptions } from '../../simulator/server.mts';
import { DEFAULT_SETTINGS } from '../../simulator/settings.mts';
import { manualClock } from '../../support/unit/simulator/manualClock.mts';
import { send, status, trigger, type Reply } from '../../support/unit/simulator/polyAiClient.mts';
import { AGENT, startProject } from '../../support/unit/simulator/project.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';

const LONDON = '+442079460123';
const MANY = 150;

const correlationId = ({ headers }: Reply) => headers.get('x-polyai-correlation-id');

async function triggerTimes(polyAi: Simulator, times: number): Promise<Reply[]> {
	const replies: Reply[] = [];
	for (let i = 0; i < times; i++) replies.push(await trigger(polyAi, LONDON));
	return replies;
}

describe('gateway', () => {
	async function start(options: SimulatorOptions = {}) {
		const waited: number[] = [];
		const sleep = async (ms: number) => void waited.push(ms);
		return { waited, polyAi: await startPolyAi({ profile: 'gateway', sleep, ...options }) };
	}

	test('now and then a server in front of PolyAI answers itself, without PolyAI’s header', async () => {
		const { polyAi } = await start();
		const replies = await triggerTimes(polyAi, MANY);
		const errors = replies.filter((reply) => reply.status !== 200);
		expect(errors.map(correlationId)).toEqual(errors.map(() => null));
		const kinds = errors.map(({ status: code, text }) => `${code} ${text.slice(0, 6)}`.trim());
		expect([...new Set(kinds)].toSorted()).toEqual(['502 <html>', '503', '504 <html>']);
		expect(polyAi.journal.dials.length).toBeGreaterThan(MANY - errors.length);
		expect(polyAi.journal.dials.length).toBeLessThan(MANY);
	});

	test('it does so for one request in six, half of them after the call was placed; rarely an answer is unreadable', () => {
		const faults = new FaultList(DEFAULT_SETTINGS);
		for (const fault of combine(['gateway']).faults) faults.add(fault);
		const request = { operation: 'trigger', method: 'POST', path: '/', body: {} } as const;
		const draws = Array.from({ length: 10_000 }, () => faults.pick(request));
		const shareOf = (answer: unknown, dials?: boolean) =>
			draws.filter((effect) => effect?.answer === answer && effect?.dials === dials).length /
			draws.length;
		const shares = [502, 503, 504].flatMap((code) => [shareOf(code, true), shareOf(code, false)]);
		expect(Math.min(...shares)).toBeGreaterThan(0.02);
		expect(Math.max(...shares)).toBeLessThan(0.04);
		expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1 / 6, 1);
		expect(shareOf('garbage')).toBeGreaterThan(0.004);
		expect(shareOf('garbage')).toBeLessThan(0.016);
	});

	test('a 504 takes the time that the gateway waited', async () => {
		const { polyAi, waited } = await start();
		const replies = await triggerTimes(polyAi, MANY);
		const late = replies.filter((reply) => reply.status === 504);
		expect(waited).toEqual(late.map(() => 10_000));
		expect(late.length).toBeGreaterThan(0);
	});

	test('the same seed draws the same answers', async () => {
		const codes = async (seed: number) => {
			const { polyAi } = await start({ seed });
			return (await triggerTimes(polyAi, 60)).map((reply) => reply.status);
		};
		expect(await codes(5)).toEqual(await codes(5));
		expect(await codes(5)).not.toEqual(await codes(6));
	});

	test('an unknown path is 403', async () => {
		const { polyAi } = await start();
		polyAi.clearFaults();
		expect((await send(polyAi, 'POST', '/v2/anything')).status).toBe(403);
	});
});

describe('late-metrics', () => {
	const start = async () => await startProject({ profile: 'late-metrics' });

	test('a conversation is listed 30 seconds after its start', async () => {
		const { clock, call, idsOf } = await start();
		const sid = await call();
		clock.advance(31_999);
		expect(await idsOf()).toEqual([]);
		clock.advance(1);
		expect(await idsOf()).toEqual([sid]);
	});

	test('metrics, summary and score come 45 seconds after the end', async () => {
		const { clock, call, get } = await start();
		const sid = await call();
		const conversation = async () => (await get(`${AGENT}/${sid}`)).json;
		clock.advance(7_000 + 44_999);
		const early = { inProgress: false, metrics: {}, shortSummary: null, polyScore: null };
		expect(await conversation()).toMatchObject(early);
		clock.advance(1);
		expect(await conversation()).toMatchObject({
			metrics: { OUTBOUND_CALL_STATUS: 'Success' },
			shortSummary: expect.any(String),
			polyScore: 4,
		});
	});

	test('new conversations shift the pages of the list', async () => {
		const { clock, call, list } = await start();
		await call();
		await call();
		clock.advance(60_000);
		const { conversations, cursor } = await list('?limit=1');
		await call();
		clock.advance(60_000);
		expect(await list(`?limit=1&cursor=${String(cursor)}`)).toMatchObject({ conversations });
	});
});

describe('rate-limited', () => {
	async function start() {
		const clock = manualClock('2026-03-02T09:00:00.250Z');
		const polyAi = await startPolyAi({ profile: 'rate-limited', clock });
		const codes = async (times: number) =>
			(await triggerTimes(polyAi, times)).map((reply) => reply.status);
		return { clock, polyAi, codes };
	}
	const TEN = Array<number>(10).fill(200);

	test('ten requests in ten seconds, then 429 until they are over, and no one is called', async () => {
		const { clock, polyAi, codes } = await start();
		expect(await codes(12)).toEqual([...TEN, 429, 429]);
		expect(polyAi.journal.dials).toHaveLength(10);
		clock.advance(9_999);
		expect(await codes(1)).toEqual([429]);
		clock.advance(1);
		expect(await codes(11)).toEqual([...TEN, 429]);
	});

	test('Retry-After is in seconds or a date by turns, and never too early', async () => {
		const { clock, polyAi, codes } = await start();
		const retryAfter = async () => (await trigger(polyAi, LONDON)).headers.get('retry-after');
		await codes(10);
		expect(await retryAfter()).toBe('10');
		clock.advance(6_300);
		expect(await retryAfter()).toBe('4');
		clock.advance(4_000);
		await codes(10);
		expect(await retryAfter()).toBe('Mon, 02 Mar 2026 09:00:21 GMT');
		clock.advance(Date.parse('2026-03-02T09:00:21Z') - clock.now());
		await codes(10);
		expect(await retryAfter()).toBe('10');
	});

	test('reading a status counts, an unknown path does not', async () => {
		const { polyAi, codes } = await start();
		for (let i = 0; i < 5; i++) await send(polyAi, 'GET', '/v2/anything');
		expect(await codes(9)).toEqual(TEN.slice(1));
		const sid = polyAi.journal.dials[0]?.callSid ?? '';
		const reads = [await status(polyAi, sid), await status(polyAi, sid)];
		expect(reads.map((read) => read.status)).toEqual([200, 429]);
	});
});

test('profiles can be combined: a limit comes before the gateway’s whims', async () => {
	const clock = manualClock();
	const polyAi = await startPolyAi({
		profile: [...PROFILE_NAMES],
		clock,
		sleep: async () => {},
	});
	expect(polyAi.settings).toMatchObject({ unknownPath: 403, addedMs: 45_000, pagesShift: true });
	await triggerTimes(polyAi, 10);
	const limited = await triggerTimes(polyAi, 200);
	expect(new Set(limited.map((reply) => reply.status))).toEqual(new Set([429]));
	expect(polyAi.journal.dials.length).toBeLessThanOrEqual(10);
});

test('a setting or a fault that is given takes precedence over a profile’s', async () => {
	const polyAi = await startPolyAi({
		profile: ['gateway', 'rate-limited'],
		unknownPath: 405,
		rateLimit: null,
		faults: [{ on: 'trigger', answer: 400 }],
	});
	const replies = await triggerTimes(polyAi, 100);
	expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([400]));
	expect(polyAi.settings).toMatchObject({ unknownPath: 405, rateLimit: null });
});

test('a reset keeps the profile, and begins its limit and its draw anew', async () => {
	const polyAi = await startPolyAi({
		profile: ['gateway', 'rate-limited'],
		clock: manualClock(),
		sleep: async () => {},
	});
	const codes = async () => (await triggerTimes(polyAi, 15)).map((reply) => reply.status);
	const faults = async () => JSON.parse((await send(polyAi, 'GET', '/_simulator/faults')).text);
	const [before, first] = [await faults(), await codes()];
	polyAi.clearFaults();
	polyAi.set({ unknownPath: 404, rateLimit: null });
	await send(polyAi, 'POST', '/_simulator/reset');
	expect(before).toHaveLength(7);
	expect(await faults()).toEqual(before);
	expect(polyAi.settings).toMatchObject({ unknownPath: 403, rateLimit: { requests: 10 } });
	expect(await codes()).toEqual(first);
});

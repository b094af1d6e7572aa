import * as fc from 'fast-check';
import { CallPlacer } from '../../../nodes/PolyAiOutbound/placing/callPlacer.ts';
import type { CallRegister } from '../../../nodes/PolyAiOutbound/placing/callRegister.ts';
import { KeyRegister } from '../../../nodes/PolyAiOutbound/placing/keyRegister.ts';
import { Skipped } from '../../../nodes/PolyAiOutbound/placing/placement.ts';
import { LogRegister } from '../../../nodes/PolyAiOutbound/placing/logRegister.ts';
import { PlacedCalls } from '../../../nodes/PolyAiOutbound/run/placedCalls.ts';
import type { LogRow } from '../../../nodes/shared/callLog/logRow.ts';
import { TableRows } from '../../../nodes/shared/dataTables/tableRows.ts';
import { PlacedRows } from '../../../nodes/shared/callLog/placedRows.ts';
import { NoAnswer, type SendHttp } from '../../../nodes/shared/http/transport.ts';
import { countAsReachable } from '../../../nodes/shared/polyai/reachability.ts';
import { RateLimiter } from '../../../nodes/shared/http/rateLimiter.ts';
import { DataTable, type TableFault } from '../../support/unit/dataTable.mts';
import { openKeyStore } from '../../support/unit/keyStore.mts';
import { openSession } from '../../support/unit/openSession.mts';
import { accepted, answer } from '../../support/unit/sender.mts';
import { VirtualClock } from '../../support/unit/virtualClock.mts';
import { ANN, request } from '../../support/unit/run/tries.mts';

jest.setTimeout(300_000);

/** What PolyAI makes of one request. */
const fate = fc.constantFrom(
	'taken',
	'taken',
	'taken',
	'refused',
	'busy',
	'takenAndReset',
	'reset',
);

const execution = fc.record({
	/** Milliseconds after the start of the story. */
	at: fc.constantFrom(0, 0, 0, 1, 7, 40, 200),
	fates: fc.array(fate, { maxLength: 3 }),
	/** After so many requests n8n is killed; 0 for never. */
	diesAt: fc.constantFrom(0, 0, 0, 1, 2, 3, 4, 5),
});

const story = fc.record({
	/** By what a call is known: its key, in either memory, or its number in the log. */
	memory: fc.constantFrom('store' as const, 'log' as const, 'numbers' as const),
	executions: fc.array(execution, { minLength: 1, maxLength: 5 }),
	faults: fc.array(
		fc.oneof(
			{ weight: 12, arbitrary: fc.constant<TableFault>('none') },
			fc.constantFrom<TableFault>('lostBefore', 'lostAfter', { status: 503 }),
		),
		{ maxLength: 12 },
	),
	/** Milliseconds that a request takes, one after the other. */
	latencies: fc.array(fc.constantFrom(0, 1, 5, 30), { minLength: 1, maxLength: 7 }),
});

type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never;

let stories = 0;

const DAY_MS = 24 * 60 * 60_000;

/** Executions that all ask for the same call, and one more when all is over. */
async function play({ memory, executions, faults, latencies }: Story) {
	const clock = new VirtualClock();
	const baseUrl = `https://keys-${stories++}.example`;
	countAsReachable(baseUrl);
	const { store } = openKeyStore(clock);
	let isCalm = false;
	const table = new DataTable((index) => (isCalm ? 'none' : (faults[index] ?? 'none')));
	let dials = 0;
	let unclear = 0;
	let requests = 0;
	const nap = async () => await clock.sleep(latencies[requests++ % latencies.length] ?? 0);

	async function run({ fates, diesAt }: Story['executions'][number], id: number) {
		let steps = 0;
		const live = async () => {
			if (diesAt > 0 && ++steps > diesAt) await new Promise(() => {});
			await nap();
		};
		const send: SendHttp = async ({ method }) => {
			await live();
			if (method === 'GET') return answer(404);
			const outcome = isCalm ? 'taken' : (fates.shift() ?? 'taken');
			if (outcome === 'refused') return answer(400, { error: 'No', code: 'NO' });
			if (outcome === 'busy') return answer(429);
			if (outcome !== 'reset') dials++;
			if (outcome !== 'taken') unclear++;
			if (outcome !== 'taken') throw new NoAnswer(true, 'reset');
			await live();
			return accepted(`SID-${id}`);
		};
		const session = openSession({ send, clock, baseUrl });
		const tableSend: SendHttp = async (request) => {
			await live();
			const done = await table.send(request);
			await live();
			return done;
		};
		const register = memory === 'store' ? new KeyRegister(store) : logRegister(tableSend, id);
		const placer = new CallPlacer(session, new PlacedCalls({}, 0), { register });
		const once = memory === 'numbers' ? { notCalledWithin: DAY_MS } : { callKey: 'appointment-1' };
		return await placer.place(request(ANN, once), 0);
	}

	/** In a process of its own: what happens inside one is shown with the node's store. */
	function logRegister(send: SendHttp, id: number): CallRegister {
		const limit = async <Value,>(task: () => Promise<Value>) => await task();
		const sender = {
			send,
			limit,
			clock,
			random: () => 0.5,
			rateLimiter: new RateLimiter(clock, 0),
			timeoutMs: 1000,
		};
		const rows = new PlacedRows(
			new TableRows<LogRow>({ baseUrl: 'http://n8n.example', sender }, 'T'),
		);
		const register = new LogRegister(rows, { workflowId: 'W', executionId: String(id), clock });
		return Object.defineProperty(register, 'place', { value: `process ${stories} ${id}` });
	}

	const deadline = clock.sleep(3_600_000);
	let skipped = 0;
	const runs = executions.map(async (one, id) => {
		await clock.sleep(one.at);
		const ended = await run({ ...one, fates: [...one.fates] }, id).catch(() => {});
		if (ended instanceof Skipped) skipped++;
	});
	await Promise.race([Promise.all(runs), deadline]);
	const wereAllSkipped = skipped > 0 && dials === 0;
	isCalm = true;
	const last = run({ at: 0, fates: [], diesAt: 0 }, executions.length);
	const end = await Promise.race([last, clock.sleep(3_600_000)]);
	return { dials, unclear, wereAllSkipped, end };
}

test('of all executions that ask for a call with one key, or to one number within a day, one places it', async () => {
	const seen = { placedLast: 0, skipped: 0 };
	await fc.assert(
		fc.asyncProperty(story, async (given) => {
			const { dials, unclear, wereAllSkipped, end } = await play(given);
			expect(dials).toBeLessThanOrEqual(1);
			const isKilled = given.executions.some(({ diesAt }) => diesAt > 0);
			const isFaulty = given.faults.some((one) => one !== 'none');
			// Who certainly was not called is called by the next one.
			if (!isKilled && !isFaulty && unclear === 0) expect(dials).toBe(1);
			// Nobody is skipped for a call that was refused; processes don't wait for each other, though.
			if (!isKilled && unclear === 0 && given.memory === 'store')
				expect(wereAllSkipped).toBe(false);
			// A killed process leaves nobody waiting; here both share the memory of one.
			if (end === undefined) expect([given.memory, isKilled]).toEqual(['store', true]);
			else if (end instanceof Skipped) seen.skipped++;
			else seen.placedLast++;
		}),
		{ numRuns: Number(process.env.RUNS ?? 2000), seed: 20261125 },
	);
	expect(seen.placedLast).toBeGreaterThan(20);
	expect(seen.skipped).toBeGreaterThan(20);
});

import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import pLimit from 'p-limit';
import { CallPlacer, placementJson } from '../../../nodes/PolyAiOutbound/call/callPlacer.ts';
import type { Order } from '../../../nodes/PolyAiOutbound/call/openCalling.ts';
import { placeAndWait } from '../../../nodes/PolyAiOutbound/call/triggerAndWait.ts';
import type { OpenRun } from '../../../nodes/PolyAiOutbound/operation.ts';
import type { Line } from '../../../nodes/PolyAiOutbound/run/openLine.ts';
import { describeCalls, PlacedCalls } from '../../../nodes/PolyAiOutbound/run/placedCalls.ts';
import { runItems, type RunResult } from '../../../nodes/PolyAiOutbound/run/runItems.ts';
import { baseDesign } from '../../../nodes/shared/polyai/generations/baseDesign.ts';
import { legacy } from '../../../nodes/shared/polyai/generations/legacy.ts';
import { understandNumber } from '../../../nodes/shared/phoneNumbers/understandNumber.ts';
import { Gate } from '../../../nodes/shared/sending/gate.ts';
import { CallWatch } from '../../../nodes/shared/waiting/callWatch.ts';
import { SimulatedPolyAi, type Fault } from '../support/simulatedPolyAi.mts';
import { VirtualClock } from '../support/virtualClock.mts';
import { onAbort } from '../../../nodes/shared/time/onAbort.ts';

jest.setTimeout(120_000);

const RUNS = 2000;
/** n8n's default. */
const WAIT_BETWEEN_TRIES_MS = 1000;
const rules = {
	defaultCountry: '',
	numberCheck: 'valid',
	allowPremium: false,
	allowedCountries: [],
};

const fault: fc.Arbitrary<Fault> = fc.oneof(
	{ weight: 5, arbitrary: fc.constant<Fault>({ kind: 'none' }) },
	fc.constant<Fault>({ kind: 'garbage' }),
	fc.record({
		kind: fc.constant('noAnswer' as const),
		sent: fc.boolean(),
		dials: fc.boolean(),
	}),
	fc.record({
		kind: fc.constant('status' as const),
		status: fc.constantFrom(400, 401, 403, 404, 405, 429, 500, 502, 503, 302),
		retryAfter: fc.option(fc.constantFrom('0', '1', '20', 'soon'), { nil: undefined }),
	}),
	fc.record({
		kind: fc.constant('status' as const),
		status: fc.constantFrom(504, 520, 408),
		dials: fc.boolean(),
	}),
);

const scenario = fc.record({
	/** Which of eight people every row names. */
	people: fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 12 }),
	faults: fc.array(fault, { minLength: 1, maxLength: 24 }),
	latencies: fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 5 }),
	concurrency: fc.integer({ min: 1, max: 6 }),
	perMinute: fc.constantFrom(0, 0, 30, 600),
	skipDuplicates: fc.boolean(),
	retryServerErrors: fc.boolean(),
	stopsAtFailure: fc.boolean(),
	waits: fc.boolean(),
	tries: fc.integer({ min: 1, max: 3 }),
	stopAtRequest: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
	servedPath: fc.constantFrom(baseDesign.triggerPath, legacy.triggerPath),
	unknownPath: fc.constantFrom(403, 404, 405),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never;

let hosts = 0;

/** The node's run, as often as n8n's "Retry On Fail" would run it. */
async function play(given: Scenario) {
	const clock = new VirtualClock();
	const stop = new AbortController();
	let requestsAfterStop = 0;
	const polyAi = new SimulatedPolyAi(
		clock,
		given.faults,
		given.latencies,
		given.servedPath,
		given.unknownPath,
		(index) => {
			if (stop.signal.aborted) requestsAfterStop++;
			if (index === given.stopAtRequest) stop.abort();
		},
	);
	const baseUrl = `https://host-${hosts++}.example`;
	const nodeContext = {};
	const results: RunResult[] = [];
	let placed = new PlacedCalls(nodeContext, 0);
	for (let attempt = 0; attempt < given.tries; attempt++) {
		placed = new PlacedCalls(nodeContext, 0);
		const line = lineOf(given, baseUrl, polyAi, clock, stop.signal);
		const run = openRun(given, line, placed);
		const { stopsAtFailure } = given;
		const result = await runItems(run, given.people.length, {
			stopsAtFailure,
			signal: stop.signal,
		});
		results.push(result);
		const isRetried = stopsAtFailure
			? result.firstFailure !== undefined
			: 'error' in (result.outcomes[0] ?? {});
		if (!isRetried || stop.signal.aborted) break;
		await clock.sleep(WAIT_BETWEEN_TRIES_MS);
	}
	return { polyAi, last: results.at(-1) as RunResult, placed, requestsAfterStop };
}

function lineOf(
	{ concurrency, perMinute }: Scenario,
	baseUrl: string,
	polyAi: SimulatedPolyAi,
	clock: VirtualClock,
	stop: AbortSignal,
): Line {
	const ended = new AbortController();
	const giveUp = () => ended.abort();
	onAbort(stop, giveUp);
	const { signal } = ended;
	const gate = new Gate(clock, perMinute, signal);
	const random = () => 0.5;
	const { send } = polyAi;
	const limit = pLimit(concurrency);
	return {
		account: { baseUrl, generations: [baseDesign, legacy] },
		concurrency,
		tracking: { placed() {}, saw() {} },
		giveUp,
		sender: { send, limit, clock, random, gate, signal, timeoutMs: 1000 },
	};
}

function openRun(given: Scenario, line: Line, placed: PlacedCalls): OpenRun {
	const placer = new CallPlacer(line, placed);
	const watch = new CallWatch(line.sender, line.account, 3000, line.concurrency);
	const waitRules = { timeoutMinutes: 15, onTimeout: 'returnStatus' as const };
	return {
		concurrency: line.concurrency,
		placed,
		giveUp: line.giveUp,
		prepare(item) {
			const order = orderOf(given, item);
			if (given.waits) {
				return async () => await placeAndWait(placer, watch, order, waitRules, item, line);
			}
			return async () => placementJson(order, await placer.place(order, item));
		},
	};
}

const numberOf = (person: number) => `+44207946010${person}`;

function orderOf({ people, skipDuplicates, retryServerErrors }: Scenario, item: number): Order {
	const number = understandNumber(numberOf(people[item] ?? 0), {
		...rules,
		numberCheck: 'valid',
	});
	return { number, skipDuplicates, retryServerErrors };
}

test('whatever goes wrong, nobody is rung twice and nothing is lost', async () => {
	await fc.assert(
		fc.asyncProperty(scenario, async (given) => {
			const { polyAi, last, placed, requestsAfterStop } = await play(given);
			for (const [number, times] of polyAi.dials) {
				const rows = given.people.filter((person) => numberOf(person) === number).length;
				expect(times).toBeLessThanOrEqual(given.skipDuplicates ? 1 : rows);
			}
			expect(last.outcomes).toHaveLength(given.people.length);
			for (const [item, outcome] of last.outcomes.entries()) {
				if (!('value' in outcome)) continue;
				expect(outcome.value.phoneNumber).toBe(numberOf(given.people[item] ?? -1));
			}
			const said = [
				...last.outcomes.map((outcome) => ('value' in outcome ? outcome.value : {}) as IDataObject),
				describeCalls(placed.all()),
			];
			for (const callSid of polyAi.returnedSids) expect(JSON.stringify(said)).toContain(callSid);
			expect(polyAi.mostInFlight).toBeLessThanOrEqual(given.concurrency);
			expect(requestsAfterStop).toBe(0);
		}),
		{ numRuns: RUNS, seed: 20261123 },
	);
});

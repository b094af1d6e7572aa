import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import pLimit from 'p-limit';
import { CallPlacer } from '../../../nodes/PolyAiOutbound/call/callPlacer.ts';
import type { Order } from '../../../nodes/PolyAiOutbound/call/openCalling.ts';
import { placementJson } from '../../../nodes/PolyAiOutbound/call/placement.ts';
import { placeAndWait } from '../../../nodes/PolyAiOutbound/call/triggerAndWait.ts';
import type { OpenRun } from '../../../nodes/PolyAiOutbound/operation.ts';
import type { Line } from '../../../nodes/PolyAiOutbound/run/openLine.ts';
import { PlacedCalls } from '../../../nodes/PolyAiOutbound/run/placedCalls.ts';
import { runItems, type RunResult } from '../../../nodes/PolyAiOutbound/run/runItems.ts';
import { countAsReachable } from '../../../nodes/shared/sending/reachability.ts';
import { CallWatch } from '../../../nodes/shared/waiting/callWatch.ts';
import { understood } from '../phoneNumbers/understood.mts';
import { openLine } from '../support/openLine.mts';
import { SimulatedPolyAi } from '../support/simulatedPolyAi.mts';
import { VirtualClock } from '../support/virtualClock.mts';
import type { Scenario } from './scenario.mts';

/** n8n's default. */
const WAIT_BETWEEN_TRIES_MS = 1000;

export interface Played {
	polyAi: SimulatedPolyAi;
	/** What the last try gave. */
	last: RunResult;
	/** What was remembered at its end. */
	placed: PlacedCalls;
	wasStopped: boolean;
	requestsAfterStop: number;
}

export const numberOf = (person: number | undefined) => `+44207946010${person}`;

let hosts = 0;
const itemAtWork = new AsyncLocalStorage<number>();

/** The node's run, as often as n8n's "Retry On Fail" would run it. */
export async function play(given: Scenario): Promise<Played> {
	const clock = new VirtualClock();
	const stop = new AbortController();
	let requestsAfterStop = 0;
	const polyAi = new SimulatedPolyAi({
		...given,
		servedPaths: given.api.servedPaths,
		clock,
		itemOf: () => itemAtWork.getStore() ?? -1,
		onRequest(index) {
			if (stop.signal.aborted) requestsAfterStop++;
			if (index === given.stopAtRequest) stop.abort();
		},
	});
	if (given.stopAfterMs !== undefined) {
		void clock.sleep(given.stopAfterMs).then(() => stop.abort());
	}
	const baseUrl = `https://host-${hosts++}.example`;
	const { concurrency, perMinute, stopsAtFailure } = given;
	if (given.isKnown) countAsReachable(baseUrl);
	let nodeContext = {};
	for (let attempt = 1; ; attempt++) {
		const limit = boundLimit(concurrency);
		const { send } = polyAi;
		const { signal } = stop;
		const { generations } = given.api;
		const line = openLine({
			...{ send, clock, baseUrl, generations, concurrency, perMinute },
			stop: signal,
			limit,
		});
		const placed = new PlacedCalls(nodeContext, 0);
		const run = openRun(given, line, placed);
		const last = await runItems(run, given.people.length, { stopsAtFailure, signal });
		const wasStopped = signal.aborted;
		if (last.firstFailure === undefined && !wasStopped) placed.forget();
		if (wasStopped || attempt === given.tries || !isRetried(last, stopsAtFailure)) {
			return { polyAi, last, placed, wasStopped, requestsAfterStop };
		}
		await clock.sleep(WAIT_BETWEEN_TRIES_MS);
		if (given.isSaved) nodeContext = JSON.parse(JSON.stringify(nodeContext)) as object;
	}
}

/** After a throw, and after an error in the first item. */
function isRetried({ firstFailure, outcomes }: RunResult, stopsAtFailure: boolean): boolean {
	return stopsAtFailure ? firstFailure !== undefined : 'error' in (outcomes[0] ?? {});
}

/** Remembers for which item a task is done, however long it waits in the queue. */
function boundLimit(concurrency: number): Line['sender']['limit'] {
	const limit = pLimit(concurrency);
	return async (task) => await limit(AsyncResource.bind(task));
}

function openRun(given: Scenario, line: Line, placed: PlacedCalls): OpenRun {
	const placer = new CallPlacer(line, placed);
	const watch = new CallWatch(line.sender, line.account, 3000, line.concurrency);
	const rules = { timeoutMinutes: 15, onTimeout: 'returnStatus' } as const;
	return {
		concurrency: line.concurrency,
		placed,
		giveUp: line.giveUp,
		prepare(item) {
			const order = orderOf(given, item);
			const job = given.waits
				? async () => await placeAndWait(placer, watch, order, rules, item, line)
				: async () => placementJson(order, await placer.place(order, item));
			return async () => await itemAtWork.run(item, job);
		},
	};
}

function orderOf(given: Scenario, item: number): Order {
	const { people, environment, hasMetadata, skipDuplicates, retryServerErrors } = given;
	const number = understood(numberOf(people[item]));
	const details = { environment, ...(hasMetadata && { metadata: { item: String(item) } }) };
	return { number, details, skipDuplicates, retryServerErrors };
}

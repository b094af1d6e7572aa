import { AsyncResource } from 'node:async_hooks';
import pLimit from 'p-limit';
import { CallPlacer } from '../../../../../nodes/PolyAiOutbound/placing/callPlacer.ts';
import type { CallRequest } from '../../../../../nodes/PolyAiOutbound/placing/callRequest.ts';
import { toPlacementOutput } from '../../../../../nodes/PolyAiOutbound/placing/placement.ts';
import { placeAndWait } from '../../../../../nodes/PolyAiOutbound/resources/call/triggerAndWait.ts';
import type { OpenRun } from '../../../../../nodes/PolyAiOutbound/operation.ts';
import type { Session } from '../../../../../nodes/PolyAiOutbound/run/session.ts';
import { PlacedCalls, type NodeRun } from '../../../../../nodes/PolyAiOutbound/run/placedCalls.ts';
import { runItems, type RunResult } from '../../../../../nodes/PolyAiOutbound/run/runItems.ts';
import type { UnderstoodNumber } from '../../../../../nodes/shared/phoneNumbers/understandNumber.ts';
import { LiveCalls } from '../../../../../nodes/shared/waiting/liveCalls.ts';
import { ResultWaiter } from '../../../../../nodes/shared/waiting/resultWaiter.ts';
import { understood } from '../../phoneNumbers/understood.mts';
import { openSession } from '../../openSession.mts';
import { callAtWork } from './atWork.mts';
import type { Life } from './execution.mts';
import { APIS } from './apis.mts';
import type { Story } from './story.mts';
import { Network } from './network.mts';
import { numberOf, wantedCall } from './wantedCall.mts';

/** n8n's default. */
const WAIT_BETWEEN_TRIES_MS = 1000;

/** One run of the node, with all tries of "Retry On Fail". */
export interface PlayedRun {
	life: Life;
	run: NodeRun;
	people: readonly number[];
	/** The result of the last try. */
	last: RunResult;
	/** What was remembered at its end. */
	placed: PlacedCalls;
	wasStopped: boolean;
	network: Network;
}

/** @param people whom the items of this run name */
export async function playRun(
	life: Life,
	run: NodeRun,
	people: readonly number[],
): Promise<PlayedRun> {
	const { given, process, context, marks, stop } = life;
	const { stopsAtFailure } = given;
	const { signal } = stop;
	const network = new Network(life);
	for (let attempt = 1; ; attempt++) {
		network.beginTry();
		const session = lineOf(life, network);
		const placed = new PlacedCalls(context, run);
		marks.beginRun();
		const opened = openRun(life, run, people, session, placed);
		const rules = { stopsAtFailure, signal, clock: process.ownClock };
		const last = await runItems(opened, people.length, rules);
		await marks.endRun();
		const wasStopped = signal.aborted;
		if (last.firstFailure === undefined && !wasStopped) placed.forget();
		const isLast = attempt === life.execution.plan.tries;
		if (wasStopped || isLast || !isRetried(last, stopsAtFailure)) {
			return { life, run, people, last, placed, wasStopped, network };
		}
		await process.ownClock.sleep(WAIT_BETWEEN_TRIES_MS);
	}
}

/** After a throw, and after an error in the first item. */
function isRetried({ firstFailure, outcomes }: RunResult, stopsAtFailure: boolean): boolean {
	return stopsAtFailure ? firstFailure !== undefined : 'error' in (outcomes[0] ?? {});
}

function lineOf({ given, process, baseUrl, stop }: Life, { send }: Network): Session {
	const { concurrency, perMinute, api } = given;
	return openSession({
		...{ send, baseUrl, concurrency, perMinute },
		clock: process.ownClock,
		pace: process.pace,
		versions: APIS[api].versions,
		stop: stop.signal,
		limit: boundLimit(concurrency),
	});
}

/** Remembers for which call a task is done, however long it waits in the queue. */
function boundLimit(concurrency: number): Session['sender']['limit'] {
	const limit = pLimit(concurrency);
	return async (task) => await limit(AsyncResource.bind(task));
}

function openRun(
	life: Life,
	run: NodeRun,
	people: readonly number[],
	session: Session,
	placed: PlacedCalls,
): OpenRun {
	const { given, marks } = life;
	const placer = new CallPlacer(session, placed, { marks });
	const live = new LiveCalls(Infinity);
	const waiter = new ResultWaiter(session.sender, session.account, 20_000, session.concurrency);
	const rules = {
		timeoutMinutes: 15,
		includesConversation: false,
		onTimeout: 'returnStatus',
	} as const;
	return {
		concurrency: session.concurrency,
		placed,
		giveUp: session.giveUp,
		prepare(item) {
			const phoneNumber = numberOf(people[item]);
			const call = wantedCall(life, run, item, people[item]);
			const unmarked = requestOf(given, phoneNumber, call);
			const request = { ...unmarked, mark: placer.expect(unmarked, item) };
			const job = given.waits
				? async () => await placeAndWait({ placer, waiter, session, live }, request, rules, item)
				: async () => toPlacementOutput(request, await placer.place(request, item));
			return async () => await callAtWork.run(call, job);
		},
	};
}

function requestOf(given: Story, phoneNumber: string, call: string): CallRequest {
	const { environment, hasMetadata, skipDuplicates, retryServerErrors } = given;
	const details = { environment, ...(hasMetadata && { metadata: { call } }) };
	return { number: numberIn(phoneNumber), details, skipDuplicates, retryServerErrors };
}

const numbers = new Map<string, UnderstoodNumber>();

/** A story has eight people, and there are many stories. */
function numberIn(cell: string): UnderstoodNumber {
	const number = numbers.get(cell) ?? understood(cell);
	numbers.set(cell, number);
	return number;
}

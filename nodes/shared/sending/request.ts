import { CallError } from '../callError';
import { NoAnswer, type HttpAnswer, type HttpRequest, type SendHttp } from '../http/transport';
import { explainAnswer, explainLongPause, explainNoAnswer } from '../polyai/explain';
import type { Generation } from '../polyai/generations/generation';
import type { Clock } from '../time/clock';
import { backoffMs } from './backoff';
import type { Gate } from './gate';
import { LONGEST_WAIT_MS, MOST_TRIES } from './patience';
import { retryAfterMs } from './retryAfter';

/** What sending needs from outside. */
export interface Sender {
	send: SendHttp;
	/** Runs a task as soon as fewer requests are in flight than the run may have. */
	limit: <Value>(task: () => Promise<Value>) => Promise<Value>;
	clock: Clock;
	/** From 0 to 1. */
	random: () => number;
	gate: Gate;
	signal?: AbortSignal;
	/** Milliseconds until one request is given up. */
	timeoutMs: number;
}

export type Result = HttpAnswer | NoAnswer;

/** What is to be done while a request has its place among those in flight. */
export interface AroundSending {
	/** When nothing is left to wait for; what it throws keeps the request here. */
	before?: () => Promise<void>;
	/** Before another request gets the place. */
	after?: (result: Result) => void;
}

/**
 * Sends one request once, unless the run was stopped while it waited; a failure without an answer
 * comes back as a value.
 */
export async function sendOnce(
	{ send, limit, signal, timeoutMs }: Sender,
	request: Omit<HttpRequest, 'timeoutMs'>,
	{ before, after }: AroundSending = {},
): Promise<Result> {
	return await limit(async () => {
		if (signal?.aborted) return new NoAnswer(false, 'stopped');
		await before?.();
		if (signal?.aborted) return new NoAnswer(false, 'stopped');
		const result = await send({ ...request, timeoutMs }).catch((error: unknown) => {
			return error instanceof NoAnswer ? error : Promise.reject(error);
		});
		after?.(result);
		return result;
	});
}

/** The same, unless PolyAI has refused requests for so long that the run cannot wait for it. */
export async function sendUnlessRefused(
	sender: Sender,
	request: Omit<HttpRequest, 'timeoutMs'>,
	around?: AroundSending,
): Promise<Result> {
	return sender.gate.refusal?.answer ?? (await sendOnce(sender, request, around));
}

/** One kind of request: how it waits for its turn, is sent, and when it is worth sending again. */
export interface Attempts {
	turn: () => Promise<boolean>;
	send: () => Promise<Result>;
	again: (result: Result) => boolean;
	/** How often a failure that may pass is tried, besides 429. */
	mostTries?: number;
}

/**
 * Sends, and again while that is worth it, with backoff, up to five tries (or as many as are said)
 * or five minutes; a 429 makes the whole run wait.
 *
 * @returns the last result
 * @throws CallError `timedOut` when the run was stopped before the request was sent
 */
export async function sendPatiently(
	{ clock, gate, random, signal }: Sender,
	{ turn, send, again, mostTries = MOST_TRIES }: Attempts,
): Promise<Result> {
	let giveUpAt = Infinity;
	let limits = 0;
	for (let tries = 1; ; tries++) {
		if (!(await turn())) throw stopped();
		giveUpAt = Math.min(giveUpAt, clock.now() + LONGEST_WAIT_MS);
		const result = await send();
		if (!again(result)) return result;
		const wait = waitAfter(result, clock.now(), backoffMs(tries, random));
		if (isLimit(result)) {
			limits++;
			if (wait <= LONGEST_WAIT_MS) gate.pause(wait);
			else gate.refuse(result, wait);
		}
		const isLast = tries - limits >= mostTries || clock.now() + wait > giveUpAt;
		if (isLast || signal?.aborted) return result;
		if (!isLimit(result)) await clock.sleep(wait, signal);
	}
}

/** PolyAI asks everybody to slow down. */
export function isLimit(result: Result): result is HttpAnswer {
	return !(result instanceof NoAnswer) && result.status === 429;
}

/**
 * Milliseconds to wait after a failure: what the answer asks for, but no less than the backoff. A
 * server that asks for none, or by a clock that is behind, would get thousands of requests.
 */
export function waitAfter(result: Result, now: number, backoff: number): number {
	const asked = result instanceof NoAnswer ? undefined : retryAfterMs(result, now);
	return Math.max(asked ?? 0, backoff);
}

/** What went wrong, for a result that changed nothing at PolyAI. */
export function explain(
	result: Result,
	generation: Generation,
	{ gate: { refusal } }: Sender,
): CallError {
	if (result instanceof NoAnswer) {
		return result.why === 'stopped' ? stopped() : explainNoAnswer(result);
	}
	return refusal && isLimit(result)
		? explainLongPause(result, generation, refusal.until)
		: explainAnswer(result, generation);
}

/** For an item whose request was never sent since the user pressed Stop. */
export function stopped(): CallError {
	return new CallError('timedOut', 'The run was stopped before this item was done');
}

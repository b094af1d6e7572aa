import { timedOut } from '../errors/timedOut';
import { NoAnswer, type HttpAnswer, type HttpRequest, type SendHttp } from './transport';
import type { Clock } from '../time/clock';
import { backoffMs } from './backoff';
import type { RateLimiter } from './rateLimiter';
import { retryAfterMs } from './retryAfter';

/** How often a failure that may pass is tried again, besides 429. */
export const MOST_TRIES = 5;

/**
 * The longest that one item waits for PolyAI to take requests again. Longer is for the user to
 * decide: the item fails with what PolyAI asked for.
 */
export const LONGEST_WAIT_MS = 5 * 60_000;

/** What sending needs from outside. */
export interface Sender {
	send: SendHttp;
	/** Runs a task as soon as fewer requests are in flight than the run may have. */
	limit: <Value>(task: () => Promise<Value>) => Promise<Value>;
	clock: Clock;
	/** From 0 to 1. */
	random: () => number;
	rateLimiter: RateLimiter;
	signal?: AbortSignal;
	/** Milliseconds until one request is given up. */
	timeoutMs: number;
}

export type HttpResult = HttpAnswer | NoAnswer;

/** What is to be done while a request has its place among those in flight. */
export interface AroundSending {
	/** When nothing is left to wait for; what it throws keeps the request here. */
	before?: () => Promise<void>;
	/** Before another request gets the place. */
	after?: (result: HttpResult) => void;
}

/**
 * Sends one request once, unless the run was stopped while it waited; a failure without an answer
 * comes back as a value.
 */
export async function sendOnce(
	{ send, limit, signal, timeoutMs }: Sender,
	request: Omit<HttpRequest, 'timeoutMs'>,
	{ before, after }: AroundSending = {},
): Promise<HttpResult> {
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
export async function sendUnlessPaused(
	sender: Sender,
	request: Omit<HttpRequest, 'timeoutMs'>,
	around?: AroundSending,
): Promise<HttpResult> {
	return sender.rateLimiter.refusal?.answer ?? (await sendOnce(sender, request, around));
}

/** One kind of request: how it waits for its turn, is sent, and when it is worth sending again. */
export interface Attempts {
	turn: () => Promise<boolean>;
	send: () => Promise<HttpResult>;
	again: (result: HttpResult) => boolean;
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
export async function sendWithRetry(
	{ clock, rateLimiter, random, signal }: Sender,
	{ turn, send, again, mostTries = MOST_TRIES }: Attempts,
): Promise<HttpResult> {
	let giveUpAt = Infinity;
	let limits = 0;
	for (let tries = 1; ; tries++) {
		if (!(await turn())) throw timedOut.stopped();
		giveUpAt = Math.min(giveUpAt, clock.now() + LONGEST_WAIT_MS);
		const result = await send();
		if (!again(result)) return result;
		const wait = waitAfter(result, clock.now(), backoffMs(tries, random));
		if (isLimit(result)) {
			limits++;
			if (wait <= LONGEST_WAIT_MS) rateLimiter.pause(wait);
			else rateLimiter.refuse(result, wait);
		}
		const isLast = tries - limits >= mostTries || clock.now() + wait > giveUpAt;
		if (isLast || signal?.aborted) return result;
		if (!isLimit(result)) await clock.sleep(wait, signal);
	}
}

/** PolyAI asks everybody to slow down. */
export function isLimit(result: HttpResult): result is HttpAnswer {
	return !(result instanceof NoAnswer) && result.status === 429;
}

/**
 * Milliseconds to wait after a failure: what the answer asks for, but no less than the backoff. A
 * server that asks for none, or by a clock that is behind, would get thousands of requests.
 */
export function waitAfter(result: HttpResult, now: number, backoff: number): number {
	const asked = result instanceof NoAnswer ? undefined : retryAfterMs(result, now);
	return Math.max(asked ?? 0, backoff);
}

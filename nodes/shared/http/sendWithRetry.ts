import { timedOut } from '../errors/timedOut';
import { NoAnswer, type HttpAnswer, type HttpRequest, type SendHttp } from './transport';
import type { Clock } from '../time/clock';
import { backoffMs } from './backoff';
import type { RateLimiter } from './rateLimiter';
import { retryAfterMs } from './retryAfter';

/** How often a temporary failure is retried, not counting 429. */
export const MOST_TRIES = 5;

/**
 * How long an item waits at most for PolyAI to accept requests again. Anything longer is up to the
 * user: the item fails with the pause that PolyAI asked for.
 */
export const LONGEST_WAIT_MS = 5 * 60_000;

/** What sending needs from outside. */
export interface Sender {
	send: SendHttp;
	/** Runs a task as soon as the run has fewer requests in flight than allowed. */
	limit: <Value>(task: () => Promise<Value>) => Promise<Value>;
	clock: Clock;
	/** From 0 to 1. */
	random: () => number;
	rateLimiter: RateLimiter;
	signal?: AbortSignal;
	/** Milliseconds until a request is given up. */
	timeoutMs: number;
}

export type HttpResult = HttpAnswer | NoAnswer;

/** What to do while a request has its slot among those in flight. */
export interface AroundSending {
	/** Called when there is nothing left to wait for; if it throws, the request isn't sent. */
	before?: () => Promise<void>;
	/** Called before another request gets the slot. */
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

/** The same, unless PolyAI refuses requests for longer than the run can wait. */
export async function sendUnlessPaused(
	sender: Sender,
	request: Omit<HttpRequest, 'timeoutMs'>,
	around?: AroundSending,
): Promise<HttpResult> {
	return sender.rateLimiter.refusal?.answer ?? (await sendOnce(sender, request, around));
}

/**
 * A kind of request: how it waits for its turn, how it's sent, and when it's worth sending again.
 */
export interface Attempts {
	turn: () => Promise<boolean>;
	send: () => Promise<HttpResult>;
	again: (result: HttpResult) => boolean;
	/** How often to try despite temporary failures, not counting 429. */
	mostTries?: number;
}

/**
 * Sends, and retries with backoff while that is worth it, for up to five tries (or as many as
 * given) or five minutes. A 429 makes the whole run wait.
 *
 * @returns the last result
 * @throws CallError `timedOut` if the run was stopped before the request was sent
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

/** PolyAI asks to slow down. */
export function isLimit(result: HttpResult): result is HttpAnswer {
	return !(result instanceof NoAnswer) && result.status === 429;
}

/**
 * Milliseconds to wait after a failure: what the answer asks for, but no less than the backoff.
 * Otherwise a server that asks for no wait, or whose clock is behind, would get thousands of
 * requests.
 */
export function waitAfter(result: HttpResult, now: number, backoff: number): number {
	const asked = result instanceof NoAnswer ? undefined : retryAfterMs(result, now);
	return Math.max(asked ?? 0, backoff);
}

import { CallError } from '../callError';
import { NoAnswer, type HttpAnswer, type HttpRequest, type SendHttp } from '../http/transport';
import { explainAnswer, explainNoAnswer } from '../polyai/explain';
import type { Clock } from '../time/clock';
import { backoffMs } from './backoff';
import type { Gate } from './gate';
import { LONGEST_WAIT_MS, MOST_TRIES } from './patience';
import { retryAfterMs } from './retryAfter';

/** What sending needs from outside. */
export interface Sender {
	send: SendHttp;
	clock: Clock;
	/** From 0 to 1. */
	random: () => number;
	gate: Gate;
	signal?: AbortSignal;
	/** Milliseconds until one request is given up. */
	timeoutMs: number;
}

export type Result = HttpAnswer | NoAnswer;

/** Sends one request once; a failure without an answer comes back as a value. */
export async function sendOnce(
	{ send, timeoutMs }: Sender,
	request: Omit<HttpRequest, 'timeoutMs'>,
): Promise<Result> {
	try {
		return await send({ ...request, timeoutMs });
	} catch (error) {
		return error instanceof NoAnswer ? error : Promise.reject(error);
	}
}

/**
 * Sends when the gate opens, and again while `again` allows it, with backoff, up to five tries or
 * five minutes; a 429 makes the whole run wait.
 *
 * @returns the last result
 * @throws CallError `timedOut` when the run was stopped before the request was sent
 */
export async function sendPatiently(
	sender: Sender,
	attempt: () => Promise<Result>,
	again: (result: Result) => boolean,
): Promise<Result> {
	const { clock, gate, random, signal } = sender;
	let giveUpAt = Infinity;
	for (let failures = 1; ; failures++) {
		if (!(await gate.turn())) throw stopped();
		giveUpAt = Math.min(giveUpAt, clock.now() + LONGEST_WAIT_MS);
		const result = await attempt();
		if (!again(result)) return result;
		const isLimit = !(result instanceof NoAnswer) && result.status === 429;
		const asked = result instanceof NoAnswer ? undefined : retryAfterMs(result, clock.now());
		const wait = asked ?? backoffMs(failures, random);
		const isLast = (!isLimit && failures >= MOST_TRIES) || clock.now() + wait > giveUpAt;
		if (isLimit) gate.pause(Math.min(wait, LONGEST_WAIT_MS));
		if (isLast || signal?.aborted) return result;
		if (!isLimit) await clock.sleep(wait, signal);
	}
}

/** What went wrong, for a result that changed nothing at PolyAI. */
export function explain(result: Result): CallError {
	return result instanceof NoAnswer ? explainNoAnswer(result) : explainAnswer(result);
}

/** For an item whose request was never sent since the user pressed Stop. */
export function stopped(): CallError {
	return new CallError('timedOut', 'The run was stopped before this item was done');
}

import type { CallError } from '../errors/callError';
import { serverError } from '../errors/serverError';
import { timedOut } from '../errors/timedOut';
import { NoAnswer, type HttpRequest } from '../http/transport';
import { explain } from './explain';
import type { ApiVersion } from './versions/apiVersion';
import {
	sendOnce,
	sendWithRetry,
	sendUnlessPaused,
	type HttpResult,
	type Sender,
} from '../http/sendWithRetry';
import { mayReadAgain } from './mayBeSentAgain';

/** Something to be read from PolyAI, which changes nothing there. */
export interface ReadRequest<Value> {
	url: string;
	/** The answer is a file. */
	binary?: boolean;
	/** Undefined if the body isn't what was asked for. */
	read(body: unknown): Value | undefined;
	/** Whose words describe a refusal. */
	version: ApiVersion;
	/** What a refusal of this very request means. */
	refusals?: ApiVersion['refusals'];
}

/** Why there is no answer, and whether another try may get one. */
export interface ReadFailure {
	error: CallError;
	mayPass: boolean;
	/** What came back, if something was sent. */
	result?: HttpResult;
}

/** The outcome of a request. */
export type ReadResult<Value> = { value: Value } | ReadFailure;

/** Asks until there is an answer; every temporary failure is retried. */
export async function getWithRetry<Value>(
	sender: Sender,
	request: ReadRequest<Value>,
): Promise<ReadResult<Value>> {
	const result = await sendWithRetry(sender, {
		turn: async () => await sender.rateLimiter.waitForPause(),
		send: async () => await sendUnlessPaused(sender, requestOf(request)),
		again(answer) {
			const result = resultOf(answer, request, sender);
			return 'error' in result && result.mayPass;
		},
	});
	return resultOf(result, request, sender);
}

/** The same with a single request, for callers that come back anyway. */
export async function getOnce<Value>(
	sender: Sender,
	request: ReadRequest<Value>,
): Promise<ReadResult<Value>> {
	if (!(await sender.rateLimiter.waitForPause()))
		return { error: timedOut.stopped(), mayPass: false };
	return resultOf(await sendOnce(sender, requestOf(request)), request, sender);
}

function requestOf({ url, binary }: ReadRequest<unknown>): Omit<HttpRequest, 'timeoutMs'> {
	return { method: 'GET', url, ...(binary && { binary }) };
}

function resultOf<Value>(
	result: HttpResult,
	{ read, version, refusals }: ReadRequest<Value>,
	sender: Sender,
): ReadResult<Value> {
	if (!(result instanceof NoAnswer) && result.status >= 200 && result.status < 300) {
		const value = read(result.body);
		return value === undefined
			? { error: serverError.unreadable(), mayPass: true, result }
			: { value };
	}
	const words = { ...version, refusals: { ...version.refusals, ...refusals } };
	return { error: explain(result, words, sender), mayPass: mayReadAgain(result), result };
}

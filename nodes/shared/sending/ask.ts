import type { CallError } from '../callError';
import { NoAnswer, type HttpAnswer, type HttpRequest } from '../http/transport';
import { explainUnreadable } from '../polyai/explain';
import { explain, sendOnce, sendPatiently, stopped, type Result, type Sender } from './request';
import { mayReadAgain } from './verdict';

/** Something to be read from PolyAI, which changes nothing there. */
export interface Question<Value> {
	url: string;
	/** The answer is a file. */
	binary?: boolean;
	/** Nothing when the body is not what was asked for. */
	read(body: unknown): Value | undefined;
	/** What a 404 means here. */
	explainMissing?(error: CallError): CallError;
}

/** What one question came to: its answer, or why not and whether another try may tell more. */
export type Reply<Value> = { value: Value } | { error: CallError; mayPass: boolean };

/**
 * Asks until there is an answer; every failure that may pass is tried again.
 *
 * @throws CallError that says why there is none
 */
export async function ask<Value>(sender: Sender, question: Question<Value>): Promise<Value> {
	const result = await sendPatiently(sender, {
		turn: async () => await sender.gate.turnToRead(),
		send: async () => await sendOnce(sender, requestOf(question)),
		again(result) {
			const reply = replyOf(result, question);
			return 'error' in reply && reply.mayPass;
		},
	});
	const reply = replyOf(result, question);
	if ('value' in reply) return reply.value;
	throw reply.error;
}

/** The same with a single request, for whoever comes back anyway. */
export async function askOnce<Value>(
	sender: Sender,
	question: Question<Value>,
): Promise<Reply<Value>> {
	if (!(await sender.gate.turnToRead())) return { error: stopped(), mayPass: false };
	return replyOf(await sendOnce(sender, requestOf(question)), question);
}

function requestOf({ url, binary }: Question<unknown>): Omit<HttpRequest, 'timeoutMs'> {
	return { method: 'GET', url, ...(binary && { binary }) };
}

function replyOf<Value>(result: Result, { read, explainMissing }: Question<Value>): Reply<Value> {
	if (result instanceof NoAnswer) return { error: explain(result), mayPass: true };
	const isSuccess = result.status >= 200 && result.status < 300;
	if (!isSuccess) return { error: failure(result, explainMissing), mayPass: mayReadAgain(result) };
	const value = read(result.body);
	if (value !== undefined) return { value };
	return { error: explainUnreadable(), mayPass: true };
}

function failure(answer: HttpAnswer, explainMissing?: (error: CallError) => CallError): CallError {
	const error = explain(answer);
	return answer.status === 404 && explainMissing ? explainMissing(error) : error;
}

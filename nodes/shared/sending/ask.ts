import type { CallError } from '../callError';
import { NoAnswer, type HttpRequest } from '../http/transport';
import { explainUnreadable } from '../polyai/explain';
import type { Generation } from '../polyai/generations/generation';
import { explain, sendOnce, sendPatiently, stopped, type Result, type Sender } from './request';
import { mayReadAgain } from './verdict';

/** Something to be read from PolyAI, which changes nothing there. */
export interface Question<Value> {
	url: string;
	/** The answer is a file. */
	binary?: boolean;
	/** Nothing when the body is not what was asked for. */
	read(body: unknown): Value | undefined;
	/** In whose words a refusal is told. */
	generation: Generation;
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

function replyOf<Value>(
	result: Result,
	{ read, generation, explainMissing }: Question<Value>,
): Reply<Value> {
	const error = explain(result, generation);
	if (result instanceof NoAnswer) return { error, mayPass: true };
	if (result.status === 404 && explainMissing)
		return { error: explainMissing(error), mayPass: false };
	if (result.status < 200 || result.status >= 300) return { error, mayPass: mayReadAgain(result) };
	const value = read(result.body);
	return value === undefined ? { error: explainUnreadable(), mayPass: true } : { value };
}

import type { CallError } from '../callError';
import { NoAnswer, type HttpRequest } from '../http/transport';
import { explainUnreadable } from '../polyai/explain';
import type { Generation } from '../polyai/generations/generation';
import {
	explain,
	sendOnce,
	sendPatiently,
	sendUnlessRefused,
	stopped,
	type Result,
	type Sender,
} from './request';
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

/** Why there is no answer, and whether another try may bring one. */
export interface NoReply {
	error: CallError;
	mayPass: boolean;
	/** What came back, when something was sent. */
	result?: Result;
}

/** What a question came to. */
export type Reply<Value> = { value: Value } | NoReply;

/** Asks until there is an answer; every failure that may pass is tried again. */
export async function ask<Value>(sender: Sender, question: Question<Value>): Promise<Reply<Value>> {
	const result = await sendPatiently(sender, {
		turn: async () => await sender.gate.turnToRead(),
		send: async () => await sendUnlessRefused(sender, requestOf(question)),
		again(result) {
			const reply = replyOf(result, question, sender);
			return 'error' in reply && reply.mayPass;
		},
	});
	return replyOf(result, question, sender);
}

/** The same with a single request, for whoever comes back anyway. */
export async function askOnce<Value>(
	sender: Sender,
	question: Question<Value>,
): Promise<Reply<Value>> {
	if (!(await sender.gate.turnToRead())) return { error: stopped(), mayPass: false };
	return replyOf(await sendOnce(sender, requestOf(question)), question, sender);
}

function requestOf({ url, binary }: Question<unknown>): Omit<HttpRequest, 'timeoutMs'> {
	return { method: 'GET', url, ...(binary && { binary }) };
}

function replyOf<Value>(
	result: Result,
	{ read, generation, explainMissing }: Question<Value>,
	sender: Sender,
): Reply<Value> {
	const isAnswer = !(result instanceof NoAnswer);
	if (isAnswer && result.status >= 200 && result.status < 300) {
		const value = read(result.body);
		return value === undefined ? { error: explainUnreadable(), mayPass: true, result } : { value };
	}
	const error = explain(result, generation, sender);
	const isMissing = isAnswer && result.status === 404;
	return {
		error: isMissing && explainMissing ? explainMissing(error) : error,
		mayPass: mayReadAgain(result),
		result,
	};
}

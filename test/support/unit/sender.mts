import {
	NoAnswer,
	type HttpAnswer,
	type HttpRequest,
} from '../../../nodes/shared/http/transport.ts';
import { RateLimiter } from '../../../nodes/shared/http/rateLimiter.ts';
import type { HttpResult, Sender } from '../../../nodes/shared/http/sendWithRetry.ts';
import { VirtualClock } from './virtualClock.mts';

export interface ScriptedSender extends Sender {
	clock: VirtualClock;
	/** What was sent, and when by the virtual clock. */
	sent: Array<HttpRequest & { at: number }>;
}

/** A sender whose requests are answered by a function, in virtual time. */
export function scriptedSender(
	answer: (request: HttpRequest, index: number) => HttpResult,
	options: { perMinute?: number; signal?: AbortSignal; latencyMs?: number; random?: number } = {},
): ScriptedSender {
	const { perMinute = 0, signal, latencyMs = 0, random = 1 } = options;
	const clock = new VirtualClock();
	const sent: ScriptedSender['sent'] = [];
	return {
		clock,
		sent,
		random: () => random,
		rateLimiter: new RateLimiter(clock, perMinute, signal),
		signal,
		limit: async (task) => await task(),
		timeoutMs: 30_000,
		async send(request) {
			const result = answer(request, sent.length);
			sent.push({ ...request, at: clock.now() });
			if (latencyMs > 0) await clock.sleep(latencyMs);
			return result instanceof NoAnswer ? await Promise.reject(result) : result;
		},
	};
}

/** A sender whose requests all go through one function, and that never waits for a turn. */
export function senderThrough(clock: VirtualClock, send: Sender['send']): Sender {
	return {
		send,
		limit: async (task) => await task(),
		clock,
		random: () => 0.5,
		rateLimiter: new RateLimiter(clock, 0),
		timeoutMs: 1000,
	};
}

export function answer(
	status: number,
	body: unknown = {},
	headers: Record<string, string> = {},
): HttpAnswer {
	return { status, body, headers };
}

export const accepted = (callSid = 'SID-1') => answer(200, { callSid });

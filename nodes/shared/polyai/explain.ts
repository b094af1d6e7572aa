import { addedSentences } from '../errors/addedSentences';
import { badRequest } from '../errors/badRequest';
import type { CallError } from '../errors/callError';
import { notFound } from '../errors/notFound';
import { outcomeUnknown } from '../errors/outcomeUnknown';
import { rateLimited } from '../errors/rateLimited';
import { serverError } from '../errors/serverError';
import { timedOut } from '../errors/timedOut';
import { unauthorized } from '../errors/unauthorized';
import { unreachable } from '../errors/unreachable';
import { NoAnswer, type HttpAnswer } from '../http/transport';
import { isLimit, type HttpResult, type Sender } from '../http/sendWithRetry';
import { correlationIdOf, isPolyAisOwn, polyAiMessage } from './errorAnswer';
import type { ApiVersion, Refusal } from './versions/apiVersion';

/** What an answer means that is not the hoped-for one, by HTTP status. */
const BY_STATUS: Record<number, Refusal> = {
	401: unauthorized.token,
	403: unauthorized.tokenForCalls,
	404: notFound.address,
	429: rateLimited.polyAi,
};

/** What went wrong, for a result that changed nothing at PolyAI. */
export function explain(
	result: HttpResult,
	version: ApiVersion,
	{ rateLimiter: { refusal } }: Sender,
): CallError {
	if (result instanceof NoAnswer) {
		return result.why === 'stopped' ? timedOut.stopped() : explainNoAnswer(result);
	}
	const error = explainAnswer(result, version);
	if (!refusal || !isLimit(result)) return error;
	// A pause that nobody can wait for.
	return error.saying({ first: addedSentences.pausedUntil({ minute: minuteOf(refusal.until) }) });
}

/** Why a request failed that certainly changed nothing at PolyAI. */
export function explainAnswer(answer: HttpAnswer, { refusals }: ApiVersion): CallError {
	const { status } = answer;
	const refusal = refusals?.[status] ?? BY_STATUS[status] ?? ofOtherStatus(status);
	return refusal({
		said: polyAiMessage(answer.body),
		correlationId: correlationIdOf(answer),
		httpStatus: status,
	});
}

/** The first whole minute from then on, in UTC. */
function minuteOf(time: number): string {
	const minute = new Date(Math.ceil(Math.min(time, LAST_TIME) / 60_000) * 60_000);
	return `${minute.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The last minute that has four digits for its year, for a pause that asks for more. */
const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59);

function ofOtherStatus(status: number): Refusal {
	if (status >= 500) return serverError.polyAi;
	return status >= 300 && status < 400 ? unreachable.redirected : badRequest.refused;
}

/** Why a request without an answer failed, where that changed nothing at PolyAI. */
export function explainNoAnswer({ why }: NoAnswer): CallError {
	return unreachable[why === 'stopped' ? 'network' : why]();
}

/** The call may have been placed and nobody can tell: said plainly, and never sent again. */
export function explainUnknownOutcome(result: HttpAnswer | NoAnswer): CallError {
	if (result instanceof NoAnswer) {
		const { why } = result;
		// Whatever else happens, it happens to the connection.
		return outcomeUnknown[why === 'reset' || why === 'timeout' ? why : 'network']();
	}
	return whyUnclear(result)({ correlationId: correlationIdOf(result), httpStatus: result.status });
}

function whyUnclear(answer: HttpAnswer) {
	if (answer.status < 300) return outcomeUnknown.unreadable;
	return isPolyAisOwn(answer) ? outcomeUnknown.unclear : outcomeUnknown.answeredByOther;
}

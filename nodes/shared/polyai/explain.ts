import { CallError, stopped, type CallErrorDetails, type Refusal } from '../callError';
import { NoAnswer, type HttpAnswer } from '../http/transport';
import { isLimit, type HttpResult, type Sender } from '../http/sendWithRetry';
import { correlationIdOf, isPolyAisOwn, polyAiMessage } from './errorAnswer';
import type { CallRef, ApiVersion } from './versions/apiVersion';

const REFUSED: Refusal = {
	code: 'badRequest',
	message: "PolyAI didn't accept the request",
	description: 'Check the values of this item.',
};

/** What to say of an answer that is not the hoped-for one, by HTTP status. */
const BY_STATUS: Record<number, Refusal> = {
	401: {
		code: 'unauthorized',
		message: 'PolyAI refused the token',
		description:
			'Open the credential and check the token and the region. If both are right, ask PolyAI whether outbound calling is set up for this token.',
	},
	403: {
		code: 'unauthorized',
		message: "This token doesn't have permission to place or read calls",
		description: 'Ask PolyAI whether outbound calling is set up for it.',
	},
	404: {
		code: 'notFound',
		message: 'PolyAI has nothing at this address',
		description:
			'Check the region or the base URL in the credential. If they are right, ask PolyAI whether outbound calling is set up for your project.',
	},
	429: {
		code: 'rateLimited',
		message: "PolyAI's rate limit is exceeded",
		description:
			'Lower Calls per Minute or Max Concurrency in the options, then run the item again.',
	},
};

const REDIRECT: Refusal = {
	code: 'unreachable',
	message: 'PolyAI was not found at this address',
	description:
		'The server sent n8n on to another address, where the credential must not go. Check the region or the base URL in the credential.',
};

const SERVER_ERROR: Refusal = {
	code: 'serverError',
	message: 'PolyAI is temporarily unavailable',
	description: 'Try again later. If it goes on, tell PolyAI’s support, with the correlation ID.',
};

/** What went wrong, for a result that changed nothing at PolyAI. */
export function explain(
	result: HttpResult,
	version: ApiVersion,
	{ rateLimiter: { refusal } }: Sender,
): CallError {
	if (result instanceof NoAnswer) {
		return result.why === 'stopped' ? stopped() : explainNoAnswer(result);
	}
	return refusal && isLimit(result)
		? explainLongPause(result, version, refusal.until)
		: explainAnswer(result, version);
}

/** Why a request failed that certainly changed nothing at PolyAI. */
export function explainAnswer(answer: HttpAnswer, { refusals }: ApiVersion): CallError {
	const { status } = answer;
	const refusal = refusals?.[status] ?? BY_STATUS[status] ?? ofOtherStatus(status);
	const { code, message, description } = refusal;
	const said = polyAiMessage(answer.body);
	return new CallError(code, said ? `${message}: ${said}` : message, {
		description,
		correlationId: correlationIdOf(answer),
		httpStatus: status,
	});
}

/** The same for a pause that nobody can wait for: it says until when. */
export function explainLongPause(
	answer: HttpAnswer,
	version: ApiVersion,
	until: number,
): CallError {
	const { code, message, details } = explainAnswer(answer, version);
	return new CallError(code, message, {
		...details,
		description: `PolyAI takes no requests until ${minuteOf(until)}. ${details.description}`,
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
	if (status >= 500) return SERVER_ERROR;
	return status >= 300 && status < 400 ? REDIRECT : REFUSED;
}

type Reason = NoAnswer['why'];

const UNREACHABLE: Partial<Record<Reason, string>> = {
	nameNotFound:
		'its address could not be found. Check the region or the base URL in the credential, and whether n8n has access to the internet.',
	refused: 'the connection was refused. Check the base URL in the credential.',
	tls: 'its certificate could not be trusted. Check the base URL in the credential, or ask whoever runs your network.',
	timeout: 'it did not answer in time. Try again later, or raise Request Timeout in the options.',
	reset: 'the connection broke. Try again later.',
	network:
		'the network did not let the request through. Check whether n8n has access to the internet.',
};

/** Why a request without an answer failed, where that changed nothing at PolyAI. */
export function explainNoAnswer({ why }: NoAnswer): CallError {
	return new CallError('unreachable', 'PolyAI could not be reached', {
		description: `PolyAI could not be reached: ${UNREACHABLE[why] ?? UNREACHABLE.network}`,
	});
}

/** What stands before PolyAI, or between n8n and it, has answered a question that changes nothing. */
export function explainStranger({ status }: HttpAnswer): CallError {
	return new CallError('unreachable', 'PolyAI could not be reached', {
		description:
			'Something between n8n and PolyAI answered in its place, such as a proxy or a gateway. Try again later. If it goes on, check the region or the base URL in the credential, or ask whoever runs your network.',
		httpStatus: status,
	});
}

/** An answer to a question that changes nothing, which is not what PolyAI documents. */
export function explainUnreadable(): CallError {
	return new CallError('serverError', 'PolyAI’s answer could not be read', {
		description:
			'Try again later. Check the region or the base URL in the credential if it goes on.',
	});
}

/** Whatever else happens, it happens to the connection. */
const UNKNOWN_BECAUSE: Partial<Record<Reason, string>> = {
	reset: 'The connection broke after the request had been sent',
	timeout: 'PolyAI did not answer in time',
};

/** The call may have been placed and nobody can tell: said plainly, and never sent again. */
export function explainUnknownOutcome(result: HttpAnswer | NoAnswer): CallError {
	if (result instanceof NoAnswer) {
		return unknownOutcome(
			UNKNOWN_BECAUSE[result.why] ?? 'The connection failed after the request had been sent',
			{},
		);
	}
	return unknownOutcome(whyNotClear(result), {
		correlationId: correlationIdOf(result),
		httpStatus: result.status,
	});
}

function whyNotClear(answer: HttpAnswer): string {
	if (answer.status < 300) return 'PolyAI’s answer could not be read';
	return isPolyAisOwn(answer)
		? 'PolyAI’s answer does not say whether it took the call'
		: 'A server between n8n and PolyAI answered in its place, maybe after PolyAI had taken the call';
}

/** The same, for a call of an earlier try whose answer nobody got. */
export function explainForgottenOutcome(): CallError {
	return unknownOutcome('An earlier try of this item sent the call and got no clear answer', {});
}

/** The same, for a call of a run that was cut off, of which nothing else is left. */
export function explainInterruptedOutcome(): CallError {
	return unknownOutcome(
		'An earlier run of this execution was interrupted while it placed this call, or just before',
		{},
	);
}

function unknownOutcome(because: string, details: CallErrorDetails): CallError {
	return new CallError('outcomeUnknown', "PolyAI didn't confirm whether this call was placed", {
		...details,
		description: `${because}. The call was not sent again, so that nobody is phoned twice. Check in PolyAI’s Agent Studio whether it took place before you place it once more.`,
	});
}

const LONGEST_QUOTE = 80;

/** docs/polyai-api.md § 2: status data lives about two hours after the call's end. */
export function explainUnknownCall(
	{ callSid, environment }: CallRef,
	details: CallErrorDetails = {},
): CallError {
	const place = environment ? ` and that it was placed in the environment ${environment}` : '';
	const message = `PolyAI does not know the call “${callSid.slice(0, LONGEST_QUOTE)}”`;
	return new CallError('notFound', message, {
		...details,
		callSid,
		description: `PolyAI forgets a call’s status about two hours after the call has ended. If the call is more recent, check its call SID${place}, and whether the credential is the one with which it was placed.`,
	});
}

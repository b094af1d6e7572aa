import { CallError, type Refusal } from '../callError';
import { NoAnswer } from '../http/transport';
import { isRecord } from '../isRecord';
import type { Result } from '../sending/request';

const KEY_REFUSED: Refusal = {
	code: 'unauthorized',
	message: 'n8n refused the API key of the call log',
	description:
		'Create an API key in n8n under Settings > n8n API, and paste it into the credential of the call log.',
};

const KEY_TOO_WEAK: Refusal = {
	code: 'unauthorized',
	message: 'The API key of the call log may not do this',
	description:
		'Create an API key in n8n under Settings > n8n API that may list, read and create data tables, and read, create and update their rows. It must belong to somebody who may see the table.',
};

const NOT_FOUND: Refusal = {
	code: 'notFound',
	message: 'n8n does not know the data table of the call log',
	description: 'Choose the table once more under Call Log, or create a new one there.',
};

const NO_N8N: Refusal = {
	code: 'notFound',
	message: 'There is no n8n with data tables at the base URL of the call log',
	description:
		'Check the base URL in the credential of the call log: it is the address at which you open n8n. Data tables need n8n 2.',
};

const TOO_MANY: Refusal = {
	code: 'rateLimited',
	message: 'The n8n that keeps the call log is receiving too many requests',
	description: 'Lower Calls per Minute or Max Concurrency in the options.',
};

const REFUSED: Refusal = {
	code: 'badRequest',
	message: 'n8n did not accept the request for the call log',
	description:
		'Check that the data table has all columns of a call log, or create a new one under Call Log.',
};

const SERVER_ERROR: Refusal = {
	code: 'serverError',
	message: 'The n8n that keeps the call log had a problem of its own',
	description: 'Look into n8n’s own log.',
};

const UNREACHABLE: Refusal = {
	code: 'unreachable',
	message: 'The n8n that keeps the call log could not be reached',
	description:
		'Check the base URL in the credential of the call log. It must be an address at which n8n can reach itself: inside Docker that is not always the one in your browser.',
};

/** Why n8n did not do what was asked about the call log, in words for the person who set it up. */
export function explainRefusal(result: Result): CallError {
	const { code, message, description } = explanationOf(result);
	const said = messageOf(result);
	return new CallError(code, said ? `${message}: ${said}` : message, {
		description,
		httpStatus: result instanceof NoAnswer ? undefined : result.status,
	});
}

function explanationOf(result: Result): Refusal {
	if (result instanceof NoAnswer) return UNREACHABLE;
	const { status, body } = result;
	if (status === 401) return KEY_REFUSED;
	if (status === 403) return KEY_TOO_WEAK;
	if (status === 404) return isAboutTable(body) ? NOT_FOUND : NO_N8N;
	if (status === 429) return TOO_MANY;
	if (status >= 500) return SERVER_ERROR;
	// A page instead of data, or a redirect to one.
	return status < 400 ? NO_N8N : REFUSED;
}

function isAboutTable(body: unknown): boolean {
	return isRecord(body) && /data ?table/i.test(String(body.message));
}

function messageOf(result: Result): string | undefined {
	if (result instanceof NoAnswer || result.status !== 400 || !isRecord(result.body)) return;
	return typeof result.body.message === 'string' ? result.body.message : undefined;
}

import { badRequest } from '../errors/badRequest';
import type { CallError } from '../errors/callError';
import { notFound } from '../errors/notFound';
import { rateLimited } from '../errors/rateLimited';
import { serverError } from '../errors/serverError';
import { unauthorized } from '../errors/unauthorized';
import { unreachable } from '../errors/unreachable';
import { NoAnswer, type HttpAnswer } from '../http/transport';
import { isRecord } from '../isRecord';
import type { HttpResult } from '../http/sendWithRetry';

/** The rights of an API key, as n8n names them. */
export type Right =
	| `dataTable:${'list' | 'create'}`
	| `dataTableRow:${'read' | 'create' | 'update' | 'delete'}`;

/** What was asked of n8n, as far as it explains a refusal. */
export interface Asked {
	/** Of the n8n, without a slash at its end. */
	baseUrl: string;
	/** The right that it takes. */
	right: Right;
}

/** Why n8n did not do what was asked about a data table, in words for the person who set it up. */
export function explainRefusal(result: HttpResult, { right, baseUrl }: Asked): CallError {
	if (result instanceof NoAnswer) return unreachable.n8n({ baseUrl });
	const { status: httpStatus } = result;
	if (httpStatus === 403) return keyTooWeak([right]);
	return explanationOf(result)({ baseUrl, said: messageOf(result), httpStatus });
}

/** @param rights that the API key lacks, or does not have for this table */
export function keyTooWeak(rights: Right[]): CallError {
	return unauthorized.n8nScopes({ scopes: rights.join(', '), httpStatus: 403 });
}

function explanationOf({ status, body }: HttpAnswer) {
	if (status === 401) return unauthorized.n8nApiKey;
	if (status === 404) return isAboutTable(body) ? notFound.chosenTable : notFound.dataTables;
	if (status === 429) return rateLimited.n8n;
	if (status >= 500) return serverError.n8n;
	// A page instead of data, or a redirect to one.
	if (status < 400) return notFound.dataTables;
	return isAboutSize(body) ? badRequest.tablesFull : badRequest.refusedByTables;
}

function isAboutTable(body: unknown): boolean {
	return isRecord(body) && /data ?table/i.test(String(body.message));
}

function isAboutSize(body: unknown): boolean {
	return isRecord(body) && /size limit/i.test(String(body.message));
}

function messageOf({ status, body }: HttpAnswer): string | undefined {
	if (status !== 400 || !isRecord(body)) return undefined;
	return typeof body.message === 'string' ? body.message : undefined;
}

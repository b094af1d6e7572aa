import { CallError, type Refusal } from '../callError';
import { NoAnswer } from '../http/transport';
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

const CREDENTIAL = 'the PolyAI Data Tables API credential';

const KEY_REFUSED: Refusal = {
	code: 'unauthorized',
	message: 'n8n refused the API key for its data tables',
	description: `The key may have expired or been deleted. Create another one in n8n under Settings > n8n API, and paste it into ${CREDENTIAL}.`,
};

const NOT_FOUND: Refusal = {
	code: 'notFound',
	message: 'n8n does not know this data table',
	description: 'It may have been deleted. Choose the table once more, or another one.',
};

const TOO_MANY: Refusal = {
	code: 'rateLimited',
	message: "n8n's rate limit for data tables is exceeded",
	description: 'Lower Calls per Minute or Max Concurrency in the options.',
};

const FULL: Refusal = {
	code: 'badRequest',
	message: 'The data tables of n8n are full',
	description:
		'Delete rows or tables that you no longer need, let PolyAI Outbound Trigger delete old calls with its option Keep Ended Calls, or have the limit of this n8n raised (N8N_DATA_TABLES_MAX_SIZE_BYTES).',
};

const REFUSED: Refusal = {
	code: 'badRequest',
	message: "n8n didn't accept the request for a data table",
	description: 'Check that the data table has all its columns, or create a new one.',
};

const SERVER_ERROR: Refusal = {
	code: 'serverError',
	message: "n8n couldn't process a request for a data table",
	description: 'Look into n8n’s own log.',
};

/** Why n8n did not do what was asked about a data table, in words for the person who set it up. */
export function explainRefusal(result: HttpResult, asked: Asked): CallError {
	if ('status' in result && result.status === 403) return keyTooWeak([asked.right]);
	const { code, message, description } = explanationOf(result, asked.baseUrl);
	const said = messageOf(result);
	return new CallError(code, said ? `${message}: ${said}` : message, {
		description,
		httpStatus: result instanceof NoAnswer ? undefined : result.status,
	});
}

/** @param rights that the API key lacks, or does not have for this table */
export function keyTooWeak(rights: Right[]): CallError {
	const message = `The API key for n8n’s data tables lacks the scope ${rights.join(', ')}`;
	return new CallError('unauthorized', message, {
		description: `Create an API key in n8n under Settings > n8n API with all scopes for data tables and their rows, and paste it into ${CREDENTIAL}. The key must belong to somebody who may use the table.`,
		httpStatus: 403,
	});
}

function explanationOf(result: HttpResult, baseUrl: string): Refusal {
	if (result instanceof NoAnswer) return unreachable(baseUrl);
	const { status, body } = result;
	if (status === 401) return KEY_REFUSED;
	if (status === 404) return isAboutTable(body) ? NOT_FOUND : noDataTables(baseUrl);
	if (status === 429) return TOO_MANY;
	if (status >= 500) return SERVER_ERROR;
	// A page instead of data, or a redirect to one.
	if (status < 400) return noDataTables(baseUrl);
	return isAboutSize(body) ? FULL : REFUSED;
}

function unreachable(baseUrl: string): Refusal {
	return {
		code: 'unreachable',
		message: `n8n could not be reached at ${baseUrl}`,
		description: `Fill in n8n Base URL in ${CREDENTIAL} with an address at which n8n reaches itself. In Docker that is usually http://localhost:5678.`,
	};
}

function noDataTables(baseUrl: string): Refusal {
	return {
		code: 'notFound',
		message: `There is no n8n with data tables at ${baseUrl}`,
		description: `n8n opens its data tables to nodes of the community from version 2.7 on. If yours is newer, fill in n8n Base URL in ${CREDENTIAL}: the address at which you open n8n.`,
	};
}

function isAboutTable(body: unknown): boolean {
	return isRecord(body) && /data ?table/i.test(String(body.message));
}

function isAboutSize(body: unknown): boolean {
	return isRecord(body) && /size limit/i.test(String(body.message));
}

function messageOf(result: HttpResult): string | undefined {
	if (result instanceof NoAnswer || result.status !== 400 || !isRecord(result.body)) return;
	return typeof result.body.message === 'string' ? result.body.message : undefined;
}

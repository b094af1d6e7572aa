import { NoAnswer, type HttpRequest } from '../http/transport';
import {
	sendOnce,
	sendWithRetry,
	type Attempts,
	type HttpResult,
	type Sender,
} from '../http/sendWithRetry';
import { mayReadAgain } from '../polyai/mayBeSentAgain';
import { explainRefusal, type Right } from './explainRefusal';

/** The public API of an n8n: https://docs.n8n.io/api/ */
export interface N8nApi {
	/** Without a slash at its end. */
	baseUrl: string;
	sender: Sender;
}

/** A request to n8n's API; `path` is relative to `/api/v1`. */
export interface N8nRequest {
	method: HttpRequest['method'];
	path: string;
	/** What the API key must be allowed to do. */
	right: Right;
	query?: Record<string, string>;
	body?: object;
}

/** n8n returns no more at once. */
const PAGE = '250';

/** Sends a request once; never throws. */
export async function sendToN8n(api: N8nApi, request: N8nRequest): Promise<HttpResult> {
	const { method, path, query = {}, body } = request;
	const search = new URLSearchParams(query).toString().replace(/[+*]/g, encodedForN8n);
	const url = `${api.baseUrl}/api/v1${path}${search && `?${search}`}`;
	return await sendOnce(api.sender, { method, url, body });
}

/** n8n refuses these two, which `URLSearchParams` puts for a space and leaves as it is. */
function encodedForN8n(character: string): string {
	return character === '+' ? '%20' : '%2A';
}

/**
 * Sends a request, and retries while that may help.
 *
 * @param attempts if a second try differs from the first, or the patience from the usual one
 * @throws CallError about data tables
 */
export async function askN8n<Body>(
	api: N8nApi,
	request: N8nRequest,
	attempts: Partial<Attempts> = {},
): Promise<Body> {
	const turn = async () => await api.sender.rateLimiter.waitForPause();
	const send = async () => await sendToN8n(api, request);
	const usual = { turn, send, again: mayReadAgain };
	const result = await sendWithRetry(api.sender, { ...usual, ...attempts });
	return readAnswer(api, request, result);
}

/**
 * Whether n8n may just be starting, as after an update: it isn't there, has no database, or answers
 * with a page because its paths aren't registered yet.
 */
export function mayBeStarting(result: HttpResult): boolean {
	return mayReadAgain(result) || ('body' in result && typeof result.body === 'string');
}

/** All entries of a list, page by page. */
export async function listFromN8n<Entry>(
	api: N8nApi,
	{ path, right }: Pick<N8nRequest, 'path' | 'right'>,
	query: Record<string, string> = {},
): Promise<Entry[]> {
	const entries: Entry[] = [];
	let cursor: string | null | undefined;
	do {
		const page: Page<Entry> = await askN8n(api, {
			method: 'GET',
			path,
			right,
			query: { limit: PAGE, ...query, ...(cursor && { cursor }) },
		});
		entries.push(...page.data);
		cursor = page.nextCursor;
	} while (cursor);
	return entries;
}

interface Page<Entry> {
	data: Entry[];
	nextCursor?: string | null;
}

/** @throws CallError if n8n didn't do what it was asked to */
export function readAnswer<Body>(
	{ baseUrl }: N8nApi,
	{ right }: N8nRequest,
	result: HttpResult,
): Body {
	if (isDone(result)) return (result as { body: Body }).body;
	throw explainRefusal(result, { baseUrl, right });
}

/** A page instead of data doesn't come from n8n. */
function isDone(result: HttpResult): boolean {
	if (result instanceof NoAnswer) return false;
	return result.status >= 200 && result.status < 300 && typeof result.body !== 'string';
}

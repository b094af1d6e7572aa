import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { noAnswerFrom } from '../shared/http/noAnswer';
import type { HttpAnswer, SendHttp } from '../shared/http/transport';
import { parseJson } from '../shared/parseJson';
import type { RequestContext } from './context';

/**
 * Sends through n8n, so that the instance's proxy, TLS settings and credential overwrites apply.
 * n8n's own retries, redirects and status checks are all turned off.
 *
 * @param data the credential as n8n gave it to the node: read and decrypted once for all requests
 */
export function httpTransport(
	context: RequestContext,
	credentialType: string,
	data: ICredentialDataDecryptedObject,
): SendHttp {
	const uninterrupted = withoutCancelSignal(context);
	const credentialsDecrypted = { id: '', name: '', type: credentialType, data };
	return async ({ method, url, body, binary, timeoutMs }) => {
		const options: IHttpRequestOptions = {
			method,
			url,
			...(body && { body: body as IDataObject }),
			...(binary ? { encoding: 'arraybuffer' as const } : { json: true }),
			timeout: timeoutMs,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		};
		const sender = method === 'GET' ? context : uninterrupted;
		const answer = await context.helpers.httpRequestWithAuthentication
			.call(sender, credentialType, options, { credentialsDecrypted })
			.catch((error: unknown) => Promise.reject(noAnswerFrom(error)));
		const read = readAnswer(answer as IN8nHttpFullResponse);
		if (binary && read.status >= 400) read.body = textOrJson(read.body);
		return read.status < 400 ? read : { ...read, body: withoutSecrets(read.body, data) };
	};
}

/** Errors come as JSON, whatever was asked for. */
function textOrJson(file: unknown): unknown {
	const text = Buffer.from(file as Buffer).toString();
	const json = parseJson(text);
	return json === undefined ? text : json;
}

/** The secret fields of our credentials; the others may occur in any sentence. */
const SECRET_FIELDS = ['token', 'apiKey'];

/** A shorter one could be part of ordinary words. */
const SHORTEST_SECRET = 8;

/** An error may contain the token, and its text is shown (docs/design.md § 3, promise 6). */
function withoutSecrets(body: unknown, credential: IDataObject): unknown {
	let text = JSON.stringify(body) ?? 'null';
	for (const field of SECRET_FIELDS) {
		const secret = JSON.stringify(credential[field]) ?? '';
		if (secret.length < SHORTEST_SECRET + 2) continue;
		text = text.replaceAll(secret.slice(1, -1), '•••');
	}
	return JSON.parse(text);
}

/**
 * Stop would cut off a request that places a call after it was sent, and its call SID would be
 * lost: n8n passes its cancel signal to every request of a node that has one.
 */
function withoutCancelSignal(context: RequestContext): RequestContext {
	return {
		helpers: context.helpers,
		logger: context.logger,
		getNode: () => context.getNode(),
	} as unknown as RequestContext;
}

function readAnswer({ statusCode, headers, body }: IN8nHttpFullResponse): HttpAnswer {
	const names = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
	return { status: statusCode, headers: Object.fromEntries(names), body };
}

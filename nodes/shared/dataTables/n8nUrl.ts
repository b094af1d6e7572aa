import { badRequest } from '../errors/badRequest';

/** Addresses that only this computer or its network can reach. */
const NEARBY =
	/^(localhost|127(\.\d{1,3}){3}|\[::1\]|10(\.\d{1,3}){3}|192\.168(\.\d{1,3}){2}|172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2}|[a-z0-9_-]+|.+\.(local|internal|lan))$/;

/**
 * The address of the n8n with the data tables, without a slash at its end. People copy it with or
 * without the path of n8n's API.
 *
 * @param ownUrl n8n's own address, for a credential whose base URL was left empty
 * @throws CallError `badRequest` if it's neither https nor http in its own network: the API key
 * would be readable on its way
 */
export function n8nUrlOf(credential: { baseUrl?: unknown }, ownUrl: string): string {
	const written = String(credential.baseUrl ?? '').trim();
	const text = written || ownUrl;
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isSafe =
		url?.protocol === 'https:' || (url?.protocol === 'http:' && NEARBY.test(url.hostname));
	if (!url || !isSafe || url.username || url.password || url.search || url.hash) {
		throw written ? badRequest.n8nBaseUrl() : badRequest.n8nsOwnUrl();
	}
	return `${url.origin}${url.pathname.replace(/(\/api(\/v1)?)?\/*$/, '')}`;
}

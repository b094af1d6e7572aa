import { CallError } from '../callError';

/** Addresses that only this computer or the network it stands in can reach. */
const NEARBY =
	/^(localhost|127(\.\d{1,3}){3}|\[::1\]|10(\.\d{1,3}){3}|192\.168(\.\d{1,3}){2}|172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2}|[a-z0-9_-]+|.+\.(local|internal|lan))$/;

/**
 * The address of the n8n that keeps the call log, without a slash at its end. People copy it with
 * or without the path of n8n's API.
 *
 * @throws CallError `badRequest` when it is neither https nor http in the own network: the API key
 * would travel readable
 */
export function n8nUrlOf(credential: { baseUrl?: unknown }): string {
	const text = String(credential.baseUrl ?? '').trim();
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isSafe =
		url?.protocol === 'https:' || (url?.protocol === 'http:' && NEARBY.test(url.hostname));
	if (!url || !isSafe || url.username || url.password || url.search || url.hash) {
		throw new CallError('badRequest', 'The base URL in the call log’s credential cannot be used', {
			description:
				'Write the address at which you open n8n, for example https://n8n.example.com. Only addresses in your own network may begin with http://, for example http://localhost:5678.',
		});
	}
	return `${url.origin}${url.pathname.replace(/(\/api(\/v1)?)?\/*$/, '')}`;
}

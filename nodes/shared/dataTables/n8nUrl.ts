import { CallError } from '../callError';

/** Addresses that only this computer or the network it stands in can reach. */
const NEARBY =
	/^(localhost|127(\.\d{1,3}){3}|\[::1\]|10(\.\d{1,3}){3}|192\.168(\.\d{1,3}){2}|172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2}|[a-z0-9_-]+|.+\.(local|internal|lan))$/;

const HOW_TO_WRITE_IT =
	'Write the address at which you open n8n, for example https://n8n.example.com. Only addresses in your own network may begin with http://, for example http://localhost:5678.';

/**
 * The address of the n8n that keeps the data tables, without a slash at its end. People copy it with
 * or without the path of n8n's API.
 *
 * @param ownUrl what n8n says of itself, for a credential whose base URL was left empty
 * @throws CallError `badRequest` when it is neither https nor http in the own network: the API key
 * would travel readable
 */
export function n8nUrlOf(credential: { baseUrl?: unknown }, ownUrl: string): string {
	const written = String(credential.baseUrl ?? '').trim();
	const text = written || ownUrl;
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isSafe =
		url?.protocol === 'https:' || (url?.protocol === 'http:' && NEARBY.test(url.hostname));
	if (!url || !isSafe || url.username || url.password || url.search || url.hash) {
		const where = 'the PolyAI Data Tables API credential';
		if (written) {
			throw new CallError('badRequest', `The base URL in ${where} cannot be used`, {
				description: HOW_TO_WRITE_IT,
			});
		}
		throw new CallError('badRequest', 'The address that n8n gives for itself cannot be used', {
			description: `Fill in n8n Base URL in ${where}. ${HOW_TO_WRITE_IT}`,
		});
	}
	return `${url.origin}${url.pathname.replace(/(\/api(\/v1)?)?\/*$/, '')}`;
}

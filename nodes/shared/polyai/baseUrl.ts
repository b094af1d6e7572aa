import { CallError } from '../callError';

/** polyai-api.md § 1, generations G1 and G2. */
const REGION_URLS: Record<string, string> = {
	us: 'https://api.us-1.platform.polyai.app',
	uk: 'https://api.uk-1.platform.polyai.app',
	euw: 'https://api.euw-1.platform.polyai.app',
};

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The address that a credential stands for, without a slash at its end.
 *
 * @throws CallError `badRequest` when a custom address is neither https nor http on loopback: the
 * token would travel readable (design § 2, credential).
 */
export function baseUrlOf(credential: { region?: unknown; baseUrl?: unknown }): string {
	const region = String(credential.region ?? 'us');
	if (region !== 'custom') {
		const url = REGION_URLS[region];
		if (url) return url;
		throw new CallError('badRequest', `The PolyAI API credential has an unknown region: ${region}`);
	}
	return customUrl(String(credential.baseUrl ?? '').trim());
}

function customUrl(text: string): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isSafe =
		url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
	if (!url || !isSafe || url.username || url.password || url.search || url.hash) {
		throw new CallError('badRequest', 'The base URL in the PolyAI API credential cannot be used', {
			description:
				'Write it as PolyAI gave it to you, beginning with https://, for example https://api.example.com. Only addresses on this computer (localhost) may begin with http://.',
		});
	}
	return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

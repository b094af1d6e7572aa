import { badRequest } from '../errors/badRequest';

/** Where the APIs that one kind of credential is for are served (docs/polyai-api.md § 1). */
export interface Hosts {
	/** The credential's name on screen, for messages. */
	credential: string;
	/** By the credential's field `region`. */
	urls: Record<string, string>;
}

/** API versions G1 and G2. */
export const PLATFORM_HOSTS: Hosts = {
	credential: 'PolyAI API',
	urls: {
		us: 'https://api.us-1.platform.polyai.app',
		uk: 'https://api.uk-1.platform.polyai.app',
		euw: 'https://api.euw-1.platform.polyai.app',
	},
};

/** API version G3. */
export const AGENTS_HOSTS: Hosts = {
	credential: 'PolyAI Agents API',
	urls: {
		us: 'https://api.us.poly.ai',
		uk: 'https://api.uk.poly.ai',
		eu: 'https://api.eu.poly.ai',
		studio: 'https://api.studio.poly.ai',
	},
};

/** The same region's name there; nothing is known about Studio. */
const ON_PLATFORM: Record<string, string> = { us: 'us', uk: 'uk', eu: 'euw' };

/** Where an agent's conversations are listed; undefined if PolyAI documents no such place. */
export function platformUrlOf(agents: { region?: unknown; baseUrl?: unknown }): string | undefined {
	if (agents.region === 'custom') return baseUrlOf(agents, AGENTS_HOSTS);
	return PLATFORM_HOSTS.urls[ON_PLATFORM[String(agents.region ?? 'us')] ?? ''];
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * A credential's base URL, without a slash at its end.
 *
 * @throws CallError `badRequest` when a custom address is neither https nor http on loopback: the
 * token would travel readable (docs/design.md § 2, credential).
 */
export function baseUrlOf(
	credential: { region?: unknown; baseUrl?: unknown },
	{ urls, credential: name }: Hosts,
): string {
	const region = String(credential.region ?? 'us');
	if (region === 'custom') return customUrl(String(credential.baseUrl ?? '').trim(), name);
	const url = urls[region];
	if (url) return url;
	throw badRequest.unknownRegion({ credential: name, region });
}

function customUrl(text: string, name: string): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isSafe =
		url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
	if (
		!url ||
		!isSafe ||
		url.username ||
		url.password ||
		url.search ||
		url.hash ||
		!namesOnlyAServer(url)
	) {
		throw badRequest.baseUrl({ credential: name });
	}
	return url.origin;
}

/**
 * PolyAI answers an unknown path the same way as an unknown call, so a credential with a wrong path
 * would pass its test. The address of a request, copied from PolyAI's documentation, is clear.
 */
function namesOnlyAServer({ pathname }: URL): boolean {
	return /^\/+$/.test(pathname) || /^\/v\d+(\/|$)/.test(pathname);
}

import type { HttpAnswer, HttpRequest, NoAnswer } from '../../nodes/shared/http/transport.ts';

/** One request to PolyAI and what came back. */
export interface Exchange {
	/** Milliseconds since 1970 at which it was sent. */
	at: number;
	request: SentRequest;
	/** Undefined if there was none: `noAnswer` says why. */
	answer?: HttpAnswer;
	noAnswer?: NoAnswer['why'];
}

export interface SentRequest extends Pick<HttpRequest, 'method' | 'body'> {
	/** With its query; on the wire as well as in a report. */
	path: string;
	/** Scheme, host and port. */
	origin: string;
}

export type RequestKind = 'call' | 'status' | 'conversation' | 'recording' | 'list' | 'variants';

/** What a request is for: the same in every API version. */
export function kindOf({ method, path }: { method: string; path: string }): RequestKind {
	// There is no other POST.
	if (method === 'POST') return 'call';
	const [pathname = ''] = path.split('?');
	if (pathname.endsWith('/status')) return 'status';
	if (pathname.endsWith('/audio')) return 'recording';
	if (pathname.endsWith('/variants')) return 'variants';
	return pathname.endsWith('/conversations') ? 'list' : 'conversation';
}

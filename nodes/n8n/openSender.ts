import pLimit from 'p-limit';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { RateLimiter, type CallPace } from '../shared/http/rateLimiter';
import type { Sender } from '../shared/http/sendWithRetry';
import type { RequestContext } from './context';
import { httpTransport } from './httpTransport';
import { wallClock } from './wallClock';

interface SenderRules {
	/** Requests in flight at most. */
	concurrency: number;
	/** Milliseconds until a request is given up. */
	timeoutMs: number;
	/** Calls per minute; 0 means no limit. */
	perMinute?: number;
	pace?: CallPace;
	signal?: AbortSignal;
}

/**
 * Sends requests with a credential of the node.
 *
 * @param credential as n8n returned it: read and decrypted once for all requests
 */
export function openSender(
	context: RequestContext,
	credential: { type: string; data: ICredentialDataDecryptedObject },
	{ concurrency, timeoutMs, perMinute = 0, pace, signal }: SenderRules,
): Sender {
	return {
		send: httpTransport(context, credential.type, credential.data),
		limit: pLimit(concurrency),
		clock: wallClock,
		random: Math.random,
		rateLimiter: new RateLimiter(wallClock, perMinute, signal, pace),
		signal,
		timeoutMs,
	};
}

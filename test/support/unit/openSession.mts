import pLimit from 'p-limit';
import type { Session } from '../../../nodes/PolyAiOutbound/run/session.ts';
import type { SendHttp } from '../../../nodes/shared/http/transport.ts';
import type { Account } from '../../../nodes/shared/polyai/account.ts';
import { tokenVersions } from '../../../nodes/shared/polyai/versions/versions.ts';
import { RateLimiter, type CallPace } from '../../../nodes/shared/http/rateLimiter.ts';
import type { Sender } from '../../../nodes/shared/http/sendWithRetry.ts';
import { onAbort } from '../../../nodes/shared/time/onAbort.ts';
import type { Clock } from '../../../nodes/shared/time/clock.ts';

export interface SimulatedSession {
	send: SendHttp;
	clock: Clock;
	/** Which path answers is remembered by it. */
	baseUrl: string;
	versions?: Account['versions'];
	concurrency?: number;
	perMinute?: number;
	pace?: CallPace;
	stop?: AbortSignal;
	limit?: Sender['limit'];
}

/** The session of a run as `openSession` opens it, in virtual time and on a simulated network. */
export function openSession({
	send,
	clock,
	baseUrl,
	versions = tokenVersions,
	concurrency = 5,
	perMinute = 0,
	pace,
	stop,
	limit = pLimit(concurrency),
}: SimulatedSession): Session {
	const ended = new AbortController();
	const giveUp = () => ended.abort();
	onAbort(stop, giveUp);
	if (stop?.aborted) giveUp();
	const { signal } = ended;
	const rateLimiter = new RateLimiter(clock, perMinute, signal, pace);
	return {
		account: { baseUrl, versions },
		concurrency,
		tracking: { placed() {}, saw() {} },
		giveUp,
		sender: { send, limit, clock, random: () => 0.5, rateLimiter, signal, timeoutMs: 1000 },
	};
}

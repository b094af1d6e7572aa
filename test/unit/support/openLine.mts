import pLimit from 'p-limit';
import type { Line } from '../../../nodes/PolyAiOutbound/run/openLine.ts';
import type { SendHttp } from '../../../nodes/shared/http/transport.ts';
import type { Account } from '../../../nodes/shared/polyai/account.ts';
import { tokenGenerations } from '../../../nodes/shared/polyai/generations/generations.ts';
import { Gate } from '../../../nodes/shared/sending/gate.ts';
import type { Sender } from '../../../nodes/shared/sending/request.ts';
import { onAbort } from '../../../nodes/shared/time/onAbort.ts';
import type { VirtualClock } from './virtualClock.mts';

export interface SimulatedLine {
	send: SendHttp;
	clock: VirtualClock;
	/** Which path answers is remembered by it. */
	baseUrl: string;
	generations?: Account['generations'];
	concurrency?: number;
	perMinute?: number;
	stop?: AbortSignal;
	limit?: Sender['limit'];
}

/** The line of a run as `openLine` opens it, in virtual time and on a simulated network. */
export function openLine({
	send,
	clock,
	baseUrl,
	generations = tokenGenerations,
	concurrency = 5,
	perMinute = 0,
	stop,
	limit = pLimit(concurrency),
}: SimulatedLine): Line {
	const ended = new AbortController();
	const giveUp = () => ended.abort();
	onAbort(stop, giveUp);
	if (stop?.aborted) giveUp();
	const { signal } = ended;
	const gate = new Gate(clock, perMinute, signal);
	return {
		account: { baseUrl, generations },
		concurrency,
		tracking: { placed() {}, saw() {} },
		giveUp,
		sender: { send, limit, clock, random: () => 0.5, gate, signal, timeoutMs: 1000 },
	};
}

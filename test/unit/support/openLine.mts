import pLimit from 'p-limit';
import type { Line } from '../../../nodes/PolyAiOutbound/run/openLine.ts';
import type { SendHttp } from '../../../nodes/shared/http/transport.ts';
import type { Account } from '../../../nodes/shared/polyai/account.ts';
import { tokenGenerations } from '../../../nodes/shared/polyai/generations/generations.ts';
import { Gate, type Pace } from '../../../nodes/shared/sending/gate.ts';
import type { Sender } from '../../../nodes/shared/sending/request.ts';
import { onAbort } from '../../../nodes/shared/time/onAbort.ts';
import type { Clock } from '../../../nodes/shared/time/clock.ts';

export interface SimulatedLine {
	send: SendHttp;
	clock: Clock;
	/** Which path answers is remembered by it. */
	baseUrl: string;
	generations?: Account['generations'];
	concurrency?: number;
	perMinute?: number;
	pace?: Pace;
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
	pace,
	stop,
	limit = pLimit(concurrency),
}: SimulatedLine): Line {
	const ended = new AbortController();
	const giveUp = () => ended.abort();
	onAbort(stop, giveUp);
	if (stop?.aborted) giveUp();
	const { signal } = ended;
	const gate = new Gate(clock, perMinute, signal, pace);
	return {
		account: { baseUrl, generations },
		concurrency,
		tracking: { placed() {}, saw() {} },
		giveUp,
		sender: { send, limit, clock, random: () => 0.5, gate, signal, timeoutMs: 1000 },
	};
}

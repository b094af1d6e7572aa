import {
	NoAnswer,
	type HttpAnswer,
	type HttpRequest,
	type SendHttp,
} from '../../../nodes/shared/http/transport.ts';
import type { VirtualClock } from './virtualClock.mts';

/** What happens to one request; `dials` says whether a phone rang although it went wrong. */
export type Fault =
	| { kind: 'none' }
	| { kind: 'status'; status: number; retryAfter?: string; dials?: boolean }
	| { kind: 'noAnswer'; sent: boolean; dials?: boolean }
	| { kind: 'garbage' };

/** PolyAI in memory and in virtual time: the ledger of who was rung is the truth of a test. */
export class SimulatedPolyAi {
	/** Every time that a phone rang, by number. */
	readonly dials = new Map<string, number>();
	/** Call SIDs that PolyAI returned in an answer that can be read. */
	readonly returnedSids: string[] = [];
	mostInFlight = 0;
	requests = 0;
	#inFlight = 0;
	#placedAt = new Map<string, number>();

	/**
	 * @param faults what happens to one request after the other, over and over
	 * @param servedPath the path of the trigger; others answer with `unknownPath`
	 */
	constructor(
		private readonly clock: VirtualClock,
		private readonly faults: readonly Fault[],
		private readonly latencies: readonly number[],
		private readonly servedPath: string,
		private readonly unknownPath: number,
		private readonly onRequest: (index: number) => void,
	) {}

	send: SendHttp = async (request) => {
		const index = this.requests++;
		this.#inFlight++;
		this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
		this.onRequest(index);
		const fault = this.faults[index % this.faults.length] ?? { kind: 'none' };
		const answer = this.#answer(request, fault);
		await this.clock.sleep(this.latencies[index % this.latencies.length] ?? 0);
		this.#inFlight--;
		return answer instanceof NoAnswer ? await Promise.reject(answer) : answer;
	};

	#answer(request: HttpRequest, fault: Fault): HttpAnswer | NoAnswer {
		const isTrigger = request.method === 'POST';
		const isServed = !isTrigger || new URL(request.url).pathname === this.servedPath;
		if (!isServed && fault.kind !== 'noAnswer') return answer(this.unknownPath);
		switch (fault.kind) {
			case 'noAnswer':
				if (isTrigger && isServed && fault.sent && fault.dials) this.#dial(request);
				return new NoAnswer(fault.sent, fault.sent ? 'timeout' : 'refused');
			case 'status':
				if (isTrigger && fault.dials) this.#dial(request);
				return answer(fault.status, {}, fault.retryAfter);
			case 'garbage':
				if (isTrigger) this.#dial(request);
				return answer(200, '<html>');
			case 'none':
				return isTrigger ? this.#accept(request) : this.#status(request);
		}
	}

	#accept(request: HttpRequest): HttpAnswer {
		const callSid = this.#dial(request);
		this.returnedSids.push(callSid);
		return answer(200, { callSid });
	}

	#dial({ body }: HttpRequest): string {
		const { to_number: number } = body as { to_number: string };
		const times = (this.dials.get(number) ?? 0) + 1;
		this.dials.set(number, times);
		const callSid = `SID-${number}-${times}`;
		this.#placedAt.set(callSid, this.clock.now());
		return callSid;
	}

	/** Every call takes a minute. */
	#status({ url }: HttpRequest): HttpAnswer {
		const callSid = decodeURIComponent(url.split('/').at(-2) ?? '');
		const placedAt = this.#placedAt.get(callSid);
		if (placedAt === undefined) return answer(404);
		const hasEnded = this.clock.now() - placedAt >= 60_000;
		return answer(200, { callSid, status: hasEnded ? 'success' : 'calling' });
	}
}

function answer(status: number, body: unknown = {}, retryAfter?: string): HttpAnswer {
	return { status, body, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } };
}

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
	/** PolyAI itself says that it couldn't queue the call. */
	| { kind: 'notQueued'; retryAfter?: string }
	| { kind: 'noAnswer'; sent: boolean; dials?: boolean }
	| { kind: 'garbage' };

/** Answers of a server in front of PolyAI that don't show whether a phone rang. */
const UNCLEAR = [500, 502, 503, 504, 520, 408];

const PAGE = '<html>';
const NOTHING = {};

/** One time that a phone rang. */
export interface Dial {
	number: string;
	/** Which of the calls that someone wanted it was. */
	call: string;
	callSid: string;
	/** What the voice agent was told. */
	metadata?: unknown;
	/** Of the Agents API. */
	environment?: string;
}

export interface World {
	clock: VirtualClock;
	/** What happens to one request after the other, over and over. */
	faults: readonly Fault[];
	/** How long one request after the other takes, in milliseconds. */
	latencies: readonly number[];
	/** The paths of the trigger; others are answered with the status `unknownPath`. */
	servedPaths: readonly string[];
	unknownPath: number;
	/** For which call a request to place one is made. */
	callAtWork: () => string;
	onRequest: (index: number) => void;
}

/** PolyAI in memory and in virtual time: its ledger of whose phone rang is the truth in a test. */
export class SimulatedPolyAi {
	readonly dials: Dial[] = [];
	/** Calls of which a request to place them arrived. */
	readonly asked = new Set<string>();
	/** Calls that were asked for once more although a phone rang for them, or may have. */
	readonly askedAgain: string[] = [];
	#requests = 0;
	#unclear = new Set<string>();
	#placedAt = new Map<string, number>();

	constructor(private readonly world: World) {}

	send: SendHttp = async (request) => {
		const { clock, faults, latencies, onRequest } = this.world;
		const index = this.#requests++;
		onRequest(index);
		const fault = faults[index % faults.length] ?? { kind: 'none' };
		const isCall = request.method === 'POST';
		const call = this.world.callAtWork();
		const answer = isCall ? this.#trigger(request, fault, call) : this.#look(request, fault);
		await clock.sleep(latencies[index % latencies.length] ?? 0);
		return answer instanceof NoAnswer ? await Promise.reject(answer) : answer;
	};

	#trigger(request: HttpRequest, fault: Fault, call: string): HttpAnswer | NoAnswer {
		this.asked.add(call);
		const hasRung = this.dials.some((dial) => dial.call === call);
		if (hasRung || this.#unclear.has(call)) this.askedAgain.push(call);
		const isServed = this.world.servedPaths.includes(new URL(request.url).pathname);
		if (!isServed && fault.kind !== 'noAnswer') return answer(this.world.unknownPath);
		const dial = isServed && 'dials' in fault && fault.dials === true;
		switch (fault.kind) {
			case 'noAnswer':
				if (fault.sent) this.#unclear.add(call);
				if (fault.sent && dial) this.#dial(request, call);
				return new NoAnswer(fault.sent, fault.sent ? 'timeout' : 'refused');
			case 'status':
				if (UNCLEAR.includes(fault.status)) this.#unclear.add(call);
				if (dial) this.#dial(request, call);
				return answer(fault.status, NOTHING, fault.retryAfter);
			case 'notQueued':
				return notQueued(request, fault.retryAfter);
			case 'garbage':
				this.#unclear.add(call);
				this.#dial(request, call);
				return answer(200, PAGE);
			case 'none':
				return answer(200, { callSid: this.#dial(request, call) });
		}
	}

	#dial({ body }: HttpRequest, call: string): string {
		const { to_number, toNumber, metadata, environment } = body as Record<string, string>;
		const number = to_number ?? toNumber ?? '';
		const callSid = `SID-${this.dials.length}`;
		this.dials.push({ number, call, callSid, metadata, environment });
		this.#placedAt.set(callSid, this.world.clock.now());
		return callSid;
	}

	/** Every call takes a minute. */
	#look({ url }: HttpRequest, fault: Fault): HttpAnswer | NoAnswer {
		if (fault.kind === 'noAnswer') return new NoAnswer(fault.sent, fault.sent ? 'reset' : 'tls');
		if (fault.kind === 'status') return answer(fault.status, NOTHING, fault.retryAfter);
		if (fault.kind === 'notQueued') return answer(500, NOTHING, fault.retryAfter);
		if (fault.kind === 'garbage') return answer(200, PAGE);
		const callSid = decodeURIComponent(url.split('/').at(-2) ?? '');
		const dial = this.dials.find((one) => one.callSid === callSid);
		const environment = new URL(url).searchParams.get('environment') ?? undefined;
		const placedAt = this.#placedAt.get(callSid);
		if (environment !== dial?.environment) return answer(404);
		if (placedAt === undefined) return answer(404);
		const hasEnded = this.world.clock.now() - placedAt >= 60_000;
		return answer(200, { callSid, status: hasEnded ? 'success' : 'calling' });
	}
}

/** Whether a call may have been placed, and no one can tell. */
export function isUnclear(answer: HttpAnswer | NoAnswer): boolean {
	if (answer instanceof NoAnswer) return answer.sent;
	return answer.body === PAGE || (UNCLEAR.includes(answer.status) && answer.body === NOTHING);
}

/** Whether PolyAI has answered a question, or someone who would refuse a call in the same way. */
export function isReply(answer: HttpAnswer | NoAnswer): boolean {
	if (answer instanceof NoAnswer || answer.body === PAGE) return false;
	return ![302, ...UNCLEAR].includes(answer.status);
}

/** With the status that this version of the API documents for it. */
function notQueued({ url }: HttpRequest, retryAfter?: string): HttpAnswer {
	const status = url.includes('/agents/') ? 502 : 500;
	return answer(status, { error: 'The call could not be queued', code: 'QUEUE' }, retryAfter);
}

function answer(status: number, body: unknown = NOTHING, retryAfter?: string): HttpAnswer {
	return { status, body, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } };
}

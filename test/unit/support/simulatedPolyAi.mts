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
	/** PolyAI itself says that it could not queue the call. */
	| { kind: 'notQueued'; retryAfter?: string }
	| { kind: 'noAnswer'; sent: boolean; dials?: boolean }
	| { kind: 'garbage' };

/** Answers of a server before PolyAI after which nobody can tell whether a phone rang. */
const UNCLEAR = [500, 502, 503, 504, 520, 408];

const PAGE = '<html>';
const NOTHING = {};

/** One time that a phone rang. */
export interface Dial {
	number: string;
	/** Which item of the run it was for. */
	item: number;
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
	/** Whether this process has had an answer from there before. */
	isKnown: boolean;
	/** For which item a request to place a call is made. */
	itemOf: () => number;
	onRequest: (index: number) => void;
}

/** PolyAI in memory and in virtual time: the ledger of who was rung is the truth of a test. */
export class SimulatedPolyAi {
	readonly dials: Dial[] = [];
	/** Call SIDs that PolyAI returned in an answer that can be read. */
	readonly returnedSids: string[] = [];
	/** Items that were asked for once more although a phone may have rung for them. */
	readonly askedAfterUnclear: number[] = [];
	/** Items whose call was sent before PolyAI had answered a question, although it was to. */
	readonly sentInDoubt: number[] = [];
	mostInFlight = 0;
	/** It was never heard of, or a call's outcome is unknown since. */
	#isInDoubt: boolean;
	#requests = 0;
	#inFlight = 0;
	#unclear = new Set<number>();
	#placedAt = new Map<string, number>();

	constructor(private readonly world: World) {
		this.#isInDoubt = !world.isKnown;
	}

	send: SendHttp = async (request) => {
		const { clock, faults, latencies, onRequest } = this.world;
		const index = this.#requests++;
		this.#inFlight++;
		this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
		onRequest(index);
		const fault = faults[index % faults.length] ?? { kind: 'none' };
		const isCall = request.method === 'POST';
		const item = this.world.itemOf();
		if (isCall && this.#isInDoubt) this.sentInDoubt.push(item);
		const answer = isCall ? this.#trigger(request, fault, item) : this.#look(request, fault);
		await clock.sleep(latencies[index % latencies.length] ?? 0);
		this.#inFlight--;
		if (isCall) this.#isInDoubt ||= isUnclear(answer);
		else if (isReply(answer)) this.#isInDoubt = false;
		return answer instanceof NoAnswer ? await Promise.reject(answer) : answer;
	};

	#trigger(request: HttpRequest, fault: Fault, item: number): HttpAnswer | NoAnswer {
		if (this.#unclear.has(item)) this.askedAfterUnclear.push(item);
		const isServed = this.world.servedPaths.includes(new URL(request.url).pathname);
		if (!isServed && fault.kind !== 'noAnswer') return answer(this.world.unknownPath);
		const dial = isServed && 'dials' in fault && fault.dials === true;
		switch (fault.kind) {
			case 'noAnswer':
				if (fault.sent) this.#unclear.add(item);
				if (fault.sent && dial) this.#dial(request, item);
				return new NoAnswer(fault.sent, fault.sent ? 'timeout' : 'refused');
			case 'status':
				if (UNCLEAR.includes(fault.status)) this.#unclear.add(item);
				if (dial) this.#dial(request, item);
				return answer(fault.status, NOTHING, fault.retryAfter);
			case 'notQueued':
				return notQueued(request, fault.retryAfter);
			case 'garbage':
				this.#unclear.add(item);
				this.#dial(request, item);
				return answer(200, PAGE);
			case 'none': {
				const callSid = this.#dial(request, item);
				this.returnedSids.push(callSid);
				return answer(200, { callSid });
			}
		}
	}

	#dial({ body }: HttpRequest, item: number): string {
		const { to_number, toNumber, metadata, environment } = body as Record<string, string>;
		const number = to_number ?? toNumber ?? '';
		const callSid = `SID-${item}-${this.dials.length}`;
		this.dials.push({ number, item, callSid, metadata, environment });
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

/** Whether a call may have been placed, and nobody can tell. */
function isUnclear(answer: HttpAnswer | NoAnswer): boolean {
	if (answer instanceof NoAnswer) return answer.sent;
	return answer.body === PAGE || (UNCLEAR.includes(answer.status) && answer.body === NOTHING);
}

/** Whether PolyAI has answered a question, or somebody who would refuse a call in the same way. */
function isReply(answer: HttpAnswer | NoAnswer): boolean {
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

import type { FaultEffect } from './faults/fault.mts';
import type { VersionName, OperationKind } from './versions/apiVersion.mts';
import type { WireRequest } from './http/readRequest.mts';

/** One request and what happened to it. Times are milliseconds of the simulator's clock. */
export interface JournalEntry extends WireRequest {
	at: number;
	/** Undefined when the path belongs to no part of PolyAI. */
	operation?: OperationKind;
	version?: VersionName;
	/** The call that was asked about, or that was placed. */
	callSid?: string;
	/** Whether this very request placed a call, whatever answer it got. */
	dialed: boolean;
	/** What went wrong on purpose. */
	fault?: FaultEffect;
	/** Undefined until the answer has been sent, and forever if there is none. */
	answer?: JournalAnswer;
}

export interface JournalAnswer {
	/** Undefined when the connection ended without an answer. */
	status?: number;
	body?: unknown;
	headers: Record<string, string>;
	ended: 'complete' | 'truncated' | 'reset' | 'hungUp';
}

/** A call that was really placed. */
export interface Dial {
	/** E.164 */
	number: string;
	callSid: string;
	at: number;
	version: VersionName;
	environment: string;
	metadata: Record<string, string>;
}

export interface Counts {
	requests: number;
	byOperation: Record<OperationKind | 'unknown', number>;
	dials: number;
	/** Numbers that were called more than once. */
	numbersDialedTwice: number;
	inFlight: number;
	maxInFlight: number;
	/** Triggers alone, without the reading of statuses. */
	maxTriggersInFlight: number;
}

/** What really happened. `counts` keeps no requests, for benchmarks; dials are always kept. */
export type JournalMode = 'full' | 'counts';

export class Journal {
	requests: JournalEntry[] = [];
	dials: Dial[] = [];
	counts = noCounts();
	private timesDialed = new Map<string, number>();
	private triggersInFlight = 0;

	constructor(private readonly mode: JournalMode) {}

	/**
	 * A request came in; the returned function, however often it is called, marks it as no longer in
	 * flight.
	 */
	begin(entry: JournalEntry): () => void {
		const { counts } = this;
		if (this.mode === 'full') this.requests.push(entry);
		const trigger = entry.operation === 'trigger' ? 1 : 0;
		counts.requests++;
		counts.byOperation[entry.operation ?? 'unknown']++;
		counts.inFlight++;
		counts.maxInFlight = Math.max(counts.maxInFlight, counts.inFlight);
		this.triggersInFlight += trigger;
		counts.maxTriggersInFlight = Math.max(counts.maxTriggersInFlight, this.triggersInFlight);
		let flying = true;
		return () => {
			if (!flying) return;
			flying = false;
			this.counts.inFlight--;
			this.triggersInFlight -= trigger;
		};
	}

	dial(dial: Dial): void {
		this.dials.push(dial);
		const times = (this.timesDialed.get(dial.number) ?? 0) + 1;
		this.timesDialed.set(dial.number, times);
		this.counts.dials++;
		if (times === 2) this.counts.numbersDialedTwice++;
	}

	/** How often each number was called, by E.164 number. */
	dialsByNumber(): Record<string, number> {
		return Object.fromEntries(this.timesDialed);
	}

	/** Requests that still hang stay counted as in flight. */
	reset(): void {
		const { inFlight } = this.counts;
		this.requests = [];
		this.dials = [];
		this.timesDialed = new Map();
		this.counts = {
			...noCounts(),
			inFlight,
			maxInFlight: inFlight,
			maxTriggersInFlight: this.triggersInFlight,
		};
	}
}

function noCounts(): Counts {
	return {
		requests: 0,
		byOperation: {
			trigger: 0,
			status: 0,
			variants: 0,
			conversation: 0,
			recording: 0,
			list: 0,
			unknown: 0,
		},
		dials: 0,
		numbersDialedTwice: 0,
		inFlight: 0,
		maxInFlight: 0,
		maxTriggersInFlight: 0,
	};
}

import type { IContextObject } from 'n8n-workflow';
import type { CallStatus } from '../../shared/polyai/callStatus';

/** A call of this execution. Without a call SID it may have been placed, and nobody can tell. */
export interface RememberedCall {
	phoneNumber: string;
	country?: string;
	/** ISO 8601 in UTC */
	triggeredAt: string;
	callSid?: string;
	status?: CallStatus;
	/** The go in which an agent was told of it. */
	toldInGo?: number;
	/** Its row stands in the call log. */
	isLogged?: boolean;
}

/**
 * Which run of the node this is: its index, or for an agent's tool, which asking again gives another
 * run, the go in which the model asks for one or more calls before it reads any answer.
 */
export type NodeRun = number | { go: number };

type Calls = Record<string, RememberedCall>;

const MEMORY = 'polyAiCalls';

/**
 * The calls that this execution has placed, kept where n8n saves them with it, so that "Retry On
 * Fail" and "Retry execution" do not place them again (promise 1 of the design). It remembers a
 * call before it is sent, and forgets it only when it certainly was not placed.
 */
export class PlacedCalls {
	private readonly calls: Calls;
	private readonly touched = new Set<string>();

	private readonly go?: number;

	/**
	 * @param nodeContext what `getContext('node')` gives
	 * @param run with an agent a call is known by its number: the model that asks for it twice in one
	 * go is told of the same call, and only one that has read the result places another.
	 */
	constructor(nodeContext: IContextObject, run: NodeRun) {
		const memory = (nodeContext[MEMORY] ??= {}) as Record<string, Calls>;
		if (typeof run !== 'number') this.go = run.go;
		this.calls = memory[typeof run === 'number' ? run : 'tool'] ??= {};
	}

	/** The same call, placed or possibly placed by an earlier try. */
	recall(item: number, phoneNumber: string): RememberedCall | undefined {
		const key = this.keyOf(item, phoneNumber);
		const call = this.calls[key];
		if (call?.phoneNumber !== phoneNumber || this.isOver(call)) return undefined;
		this.touched.add(key);
		return call;
	}

	sending(item: number, call: RememberedCall): void {
		const key = this.keyOf(item, call.phoneNumber);
		this.calls[key] = call;
		this.touched.add(key);
	}

	accepted(call: RememberedCall, callSid: string, status: CallStatus): void {
		call.callSid = callSid;
		call.status = status;
	}

	notPlaced(item: number, { phoneNumber }: RememberedCall): void {
		delete this.calls[this.keyOf(item, phoneNumber)];
	}

	/** All calls of this run, those of its earlier tries included. */
	all(): RememberedCall[] {
		return Object.values(this.calls).filter((call) => !this.isOver(call));
	}

	/** Those that the same agent has called before as well. */
	numbers(): string[] {
		return Object.values(this.calls).map(({ phoneNumber }) => phoneNumber);
	}

	/** Once everything went well n8n will not run these items again. */
	forget(): void {
		for (const key of this.touched) {
			const call = this.calls[key];
			if (call && this.go !== undefined) call.toldInGo = this.go;
			else delete this.calls[key];
		}
	}

	/** The model has read the result of this call since. */
	private isOver({ toldInGo }: RememberedCall): boolean {
		return toldInGo !== undefined && toldInGo !== this.go;
	}

	private keyOf(item: number, phoneNumber: string): string {
		return this.go === undefined ? String(item) : phoneNumber;
	}
}

/** For an error message: what was placed, and what may have been. */
export function describeCalls(calls: readonly RememberedCall[]): string {
	const placed = calls.filter(({ callSid }) => callSid !== undefined);
	const unknown = calls.filter(({ callSid }) => callSid === undefined);
	const parts = [];
	if (placed.length > 0) {
		const list = placed.map(({ phoneNumber, callSid }) => `${phoneNumber} (${callSid})`);
		parts.push(`Calls placed before this error: ${list.join(', ')}`);
	}
	if (unknown.length > 0) {
		const list = unknown.map(({ phoneNumber }) => phoneNumber);
		parts.push(`Calls that may have been placed: ${list.join(', ')}`);
	}
	return parts.join('\n\n');
}

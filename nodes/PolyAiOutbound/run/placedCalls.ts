import type { IContextObject } from 'n8n-workflow';
import type { CallStatus } from '../../shared/polyai/callStatus';

/** A call of this execution. Without a call SID, it isn't known whether it was placed. */
export interface RememberedCall {
	phoneNumber: string;
	country?: string;
	/** ISO 8601 in UTC */
	triggeredAt: string;
	callSid?: string;
	status?: CallStatus;
	/** Its row in the call log, and whether that says that the call was placed. */
	rowId?: number;
	isLogged?: boolean;
}

/** Which run of the node this is: its index; all runs of an agent's tool are one. */
export type NodeRun = number | 'tool';

interface Memory {
	/** By run and item, or for an agent's tool by number. */
	calls: Record<string, RememberedCall>;
	/** How often successful runs have called a number. */
	called: Record<string, number>;
}

const MEMORY = 'polyAiCalls';

/**
 * The calls that this execution has placed, kept where n8n saves them with it, so that "Retry On
 * Fail" and "Retry execution" don't place them again (docs/design.md § 3, promise 1). It remembers
 * a call before it is sent, and forgets it only if it certainly wasn't placed.
 */
export class PlacedCalls {
	private readonly memory: Memory;

	/** The prefix of the key of every call of this run. */
	private readonly ofRun: string;

	/** How many remembered calls go to a number: of this run, and of others. */
	private readonly here = new Map<string, number>();
	private readonly elsewhere = new Map<string, number>();

	/**
	 * @param nodeContext what `getContext('node')` gives
	 * @param run an agent may ask for a number again, in whichever run: it is the same call
	 */
	constructor(
		nodeContext: IContextObject,
		private readonly run: NodeRun,
	) {
		this.memory = (nodeContext[MEMORY] ??= { calls: {}, called: {} }) as unknown as Memory;
		this.ofRun = `${run} `;
		for (const [key, { phoneNumber }] of Object.entries(this.memory.calls)) {
			count(key.startsWith(this.ofRun) ? this.here : this.elsewhere, phoneNumber, 1);
		}
	}

	/** Whether all calls to a number are the same one, whichever item asks for it. */
	get goesByNumber(): boolean {
		return this.run === 'tool';
	}

	/** The same call, which an earlier try placed or may have placed. */
	recall(item: number, phoneNumber: string): RememberedCall | undefined {
		const call = this.memory.calls[this.keyOf(item, phoneNumber)];
		return call?.phoneNumber === phoneNumber ? call : undefined;
	}

	sending(item: number, call: RememberedCall): void {
		this.memory.calls[this.keyOf(item, call.phoneNumber)] = call;
		count(this.here, call.phoneNumber, 1);
	}

	accepted(call: RememberedCall, callSid: string, status: CallStatus): void {
		call.callSid = callSid;
		call.status = status;
	}

	notPlaced(item: number, { phoneNumber }: RememberedCall): void {
		delete this.memory.calls[this.keyOf(item, phoneNumber)];
		count(this.here, phoneNumber, -1);
	}

	/** All calls of this run, those of its earlier tries included. */
	all(): RememberedCall[] {
		return Object.entries(this.memory.calls)
			.filter(([key]) => key.startsWith(this.ofRun))
			.map(([, call]) => call);
	}

	/** How many calls other runs of this execution have placed to a number, or may have placed. */
	timesCalledBefore(phoneNumber: string): number {
		const unclear = this.elsewhere.get(phoneNumber) ?? 0;
		return (this.memory.called[phoneNumber] ?? 0) + unclear;
	}

	/** Whether this execution has called the number, or is about to. */
	hasCalled(phoneNumber: string): boolean {
		return this.timesCalledBefore(phoneNumber) + (this.here.get(phoneNumber) ?? 0) > 0;
	}

	/** After success, n8n won't run these items again; an agent may still ask. */
	forget(): void {
		if (this.goesByNumber) return;
		const { calls, called } = this.memory;
		for (const [key, { phoneNumber }] of Object.entries(calls)) {
			if (!key.startsWith(this.ofRun)) continue;
			called[phoneNumber] = (called[phoneNumber] ?? 0) + 1;
			delete calls[key];
		}
		this.here.clear();
	}

	private keyOf(item: number, phoneNumber: string): string {
		return this.ofRun + (this.goesByNumber ? phoneNumber : item);
	}
}

function count(counts: Map<string, number>, phoneNumber: string, more: number): void {
	counts.set(phoneNumber, (counts.get(phoneNumber) ?? 0) + more);
}

/** For an error's description, which n8n shows as HTML: what was placed, and what may have been. */
export function describeCalls(calls: readonly RememberedCall[]): string {
	const placed = calls.filter(({ callSid }) => callSid !== undefined);
	const unknown = calls.filter(({ callSid }) => callSid === undefined);
	const parts = [];
	if (placed.length > 0) {
		const list = placed.map(({ phoneNumber, callSid }) => `<li>${phoneNumber} (${callSid})</li>`);
		parts.push(`Calls placed before this error:<ul>${list.join('')}</ul>`);
	}
	if (unknown.length > 0) {
		const list = unknown.map(({ phoneNumber }) => `<li>${phoneNumber}</li>`);
		parts.push(`Calls that may have been placed:<ul>${list.join('')}</ul>`);
	}
	return parts.join('');
}

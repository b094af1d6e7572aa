import { badRequest } from '../../shared/errors/badRequest';
import type { KeyStore } from '../../shared/crashRecovery/keyStore';
import { toResult } from '../../shared/toResult';
import type { RememberedCall } from '../run/placedCalls';
import type { CallRegister, Interrupted } from './callRegister';
import type { CallRequest } from './callRequest';
import { alreadyCalled, type Skipped } from './placement';

/** The newest call keys of this process, with the SIDs of their calls if known. */
const known = new Map<string, string | undefined>();

const MOST_KNOWN = 10_000;

/**
 * The call keys of a node, in the list that n8n keeps for it, which doesn't say whose call it was.
 */
export class KeyRegister implements CallRegister {
	/** Calls of this run that have taken their key. */
	private readonly begun = new WeakSet<RememberedCall>();

	constructor(private readonly store: KeyStore | undefined) {}

	get place(): string {
		return this.store?.place ?? '';
	}

	async begin({ callKey }: CallRequest, call: RememberedCall): Promise<Skipped | undefined> {
		if (callKey === undefined || this.begun.has(call)) return undefined;
		if (!this.store) throw badRequest.noPlaceForCallKeys().notPlaced();
		const entry = entryOf(callKey);
		const before = await this.store.record([entry]);
		const id = this.idOf(callKey);
		if (known.has(id) || before.has(entry)) return alreadyCalled(callKey, known.get(id));
		this.begun.add(call);
		this.learn(callKey, undefined);
		return undefined;
	}

	async accepted({ callKey }: CallRequest, { callSid }: RememberedCall): Promise<undefined> {
		if (callKey !== undefined) this.learn(callKey, callSid);
	}

	async unclear(): Promise<void> {}

	async notPlaced({ callKey }: CallRequest, call: RememberedCall): Promise<void> {
		if (callKey === undefined || !this.begun.delete(call)) return;
		known.delete(this.idOf(callKey));
		await toResult(async () => await this.store?.giveBack([entryOf(callKey)]));
	}

	async isAnothers(): Promise<boolean> {
		return false;
	}

	async findInterrupted(): Promise<Interrupted> {
		return 'unknown';
	}

	private learn(callKey: string, callSid: string | undefined): void {
		const id = this.idOf(callKey);
		known.delete(id);
		known.set(id, callSid);
		if (known.size > MOST_KNOWN) known.delete(known.keys().next().value as string);
	}

	private idOf(callKey: string): string {
		return `${this.place} ${callKey}`;
	}
}

function entryOf(callKey: string): string {
	return `key ${callKey}`;
}

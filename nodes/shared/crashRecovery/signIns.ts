import pLimit from 'p-limit';
import type { KeyStore } from './keyStore';

/**
 * Where else executions with the same start have recorded their calls, such as a call log: a Retry
 * finds out there what happened to the calls that it repeats.
 */
export class SignIns {
	private readonly left = new Set<string>();
	/** By sign, whether it existed. */
	private readonly seen = new Map<string, boolean>();
	/** Asking for a sign also writes it, so no one else may ask in the meantime. */
	private readonly oneByOne = pLimit(1);

	/** @param leave makes sure that a sign is written before the next call is sent */
	constructor(
		private readonly run: { store: KeyStore; executionId: string; start?: string },
		private readonly leave: (sign: string) => void,
	) {}

	/** This execution also records its calls in that place. */
	signIn(place: string): void {
		const sign = this.signOf(place, this.run.executionId);
		if (this.left.has(sign)) return;
		this.left.add(sign);
		this.leave(sign);
	}

	/** Those of the executions with the same start, this one included, that have signed in there. */
	async signedIn(place: string, executionIds: string[]): Promise<Set<string>> {
		const { store, executionId, start } = this.run;
		// It isn't known what others started with.
		const asked = start === undefined ? [executionId] : executionIds;
		const isIn = (id: string) => this.seen.get(this.signOf(place, id));
		return await this.oneByOne(async () => {
			const unknown = asked.filter((id) => isIn(id) === undefined);
			const signIns = unknown.map((id) => this.signOf(place, id));
			if (signIns.length > 0) {
				const found = await store.record(signIns);
				for (const sign of signIns) this.seen.set(sign, found.has(sign));
				await store.giveBack(signIns.filter((sign) => !found.has(sign)));
			}
			return new Set(asked.filter(isIn));
		});
	}

	private signOf(place: string, executionId: string): string {
		return `${place} ${this.run.start ?? ''} ${executionId}`;
	}
}

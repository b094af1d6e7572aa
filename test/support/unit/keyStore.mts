import type { KeyStore } from '../../../nodes/shared/crashRecovery/keyStore.ts';
import type { Clock } from '../../../nodes/shared/time/clock.ts';

let places = 0;

/** The list of keys that n8n keeps for a node, with what was written into it and what is there now. */
export function openKeyStore(clock: Clock) {
	const kept = new Set<string>();
	const writes: string[][] = [];
	const store: KeyStore = {
		place: `node ${places++}`,
		async record(keys) {
			writes.push(keys);
			await clock.sleep(5);
			const before = new Set(keys.filter((key) => kept.has(key)));
			for (const key of keys) kept.add(key);
			return before;
		},
		async giveBack(keys) {
			for (const key of keys) kept.delete(key);
		},
	};
	return { kept, writes, store };
}

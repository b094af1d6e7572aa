import { sleep } from 'n8n-workflow';
import type { Clock } from '../shared/time/clock';
import { onAbort } from '../shared/time/onAbort';

/** n8n's sleep cannot be ended early: what is left of it after Stop is no longer than this. */
const SLICE_MS = 1000;

export const wallClock: Clock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		const end = Date.now() + ms;
		let forget = () => {};
		const stop = new Promise<void>((resolve) => (forget = onAbort(signal, resolve)));
		for (let left = ms; left > 0 && !signal?.aborted; left = end - Date.now()) {
			await Promise.race([sleep(Math.min(left, SLICE_MS)), stop]);
		}
		forget();
	},
};

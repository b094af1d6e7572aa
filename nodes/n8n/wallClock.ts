import { sleep } from 'n8n-workflow';
import type { Clock } from '../shared/time/clock';
import { onAbort } from '../shared/time/onAbort';

/** n8n's sleep cannot be ended early: what is left of it after Stop is no longer than this. */
const SLICE_MS = 1000;

export const wallClock: Clock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		let forget = () => {};
		const stop = new Promise<void>((resolve) => (forget = onAbort(signal, resolve)));
		// By what was slept, not by the time of day: somebody may set the clock back meanwhile.
		for (let left = ms; left > 0 && !signal?.aborted; left -= SLICE_MS) {
			await Promise.race([sleep(Math.min(left, SLICE_MS)), stop]);
		}
		forget();
	},
};

import { sleep } from 'n8n-workflow';
import type { Clock } from '../shared/time/clock';
import { onAbort } from '../shared/time/onAbort';

/** n8n's sleep can't be ended early: after Stop, it goes on for no longer than this. */
const SLICE_MS = 1000;

export const wallClock: Clock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		let forget = () => {};
		const stop = new Promise<void>((resolve) => (forget = onAbort(signal, resolve)));
		// Counts the time slept, not the time of day: someone may set the clock back in the meantime.
		for (let left = ms; left > 0 && !signal?.aborted; left -= SLICE_MS) {
			await Promise.race([sleep(Math.min(left, SLICE_MS)), stop]);
		}
		forget();
	},
};

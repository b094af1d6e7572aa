import { sleep } from 'n8n-workflow';
import type { Clock } from '../shared/time/clock';

/** n8n's sleep cannot be ended early: what is left of it after Stop is no longer than this. */
const SLICE_MS = 1000;

export const wallClock: Clock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		const end = Date.now() + ms;
		const stop = stopOf(signal);
		for (let left = ms; left > 0 && !signal?.aborted; left = end - Date.now()) {
			await Promise.race([sleep(Math.min(left, SLICE_MS)), stop.happens]);
		}
		stop.forget();
	},
};

function stopOf(signal?: AbortSignal): { happens: Promise<void>; forget: () => void } {
	let onAbort = () => {};
	const happens = new Promise<void>((resolve) => (onAbort = resolve));
	signal?.addEventListener('abort', onAbort);
	return { happens, forget: () => signal?.removeEventListener('abort', onAbort) };
}

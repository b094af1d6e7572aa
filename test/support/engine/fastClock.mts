import { wallClock } from '../../../nodes/n8n/wallClock.ts';
import { onAbort } from '../../../nodes/shared/time/onAbort.ts';

/** A minute of waiting takes 0.6 seconds. */
const SPEED = 100;

/**
 * From now on time passes a hundred times faster for the nodes (and for a simulator that is given
 * `wallClock`): they really wait, but no one has to wait for them. Request timeouts stay unchanged.
 *
 * @param start the moment at which this time starts
 */
export function useFastClock(start: string | number = Date.now()): void {
	const begun = performance.now();
	const first = new Date(start).getTime();
	wallClock.now = () => Math.floor(first + (performance.now() - begun) * SPEED);
	wallClock.sleep = async (ms, signal) => {
		if (signal?.aborted) return;
		let timer: NodeJS.Timeout | undefined;
		let forget = () => {};
		await new Promise<void>((resolve) => {
			timer = setTimeout(resolve, ms / SPEED);
			forget = onAbort(signal, resolve);
		});
		clearTimeout(timer);
		forget();
	};
}

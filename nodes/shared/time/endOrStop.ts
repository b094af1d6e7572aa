import { onAbort } from './onAbort';

/** Resolves when the work has ended, or at Stop. */
export async function endOrStop(work: Promise<unknown>, signal?: AbortSignal): Promise<void> {
	let forget = () => {};
	const stop = new Promise<void>((resolve) => {
		forget = onAbort(signal, resolve);
	});
	await Promise.race([work, stop]).finally(forget);
}

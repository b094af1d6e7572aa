const callbacks = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back when the signal is aborted. However many callbacks there are, the signal has one
 * listener: above ten, Node warns of a leak.
 *
 * @returns a function that removes the callback
 */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
	if (!signal) return () => {};
	const known = callbacks.get(signal);
	const waiting = known ?? new Set<() => void>();
	if (!known) {
		callbacks.set(signal, waiting);
		signal.addEventListener('abort', () => {
			for (const one of waiting) one();
			waiting.clear();
		});
	}
	waiting.add(callback);
	return () => waiting.delete(callback);
}

import { endOrStop } from './endOrStop';

/** The work in progress under a name, in this process. */
const atWork = new Map<string, Promise<void>>();

/**
 * Waits until no one else works under the same name, or until the run is stopped.
 *
 * @returns a function that lets the next one continue
 */
export async function waitForTurn(name: string, signal?: AbortSignal): Promise<() => void> {
	for (let other = atWork.get(name); other; other = atWork.get(name)) {
		await endOrStop(other, signal);
		if (signal?.aborted) return () => {};
	}
	let end = () => {};
	atWork.set(name, new Promise((resolve) => (end = resolve)));
	return () => {
		atWork.delete(name);
		end();
	};
}

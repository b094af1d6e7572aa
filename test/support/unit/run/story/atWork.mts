import { AsyncLocalStorage } from 'node:async_hooks';
import type { Process } from './process.mts';

/** The process in which the code at work runs. */
export const processAtWork = new AsyncLocalStorage<Process>();

/** The name of the call that the code at work places. */
export const callAtWork = new AsyncLocalStorage<string>();

/** n8n's `sleep`, which the code at work calls without being given a clock. */
export async function sleepAtWork(ms: number): Promise<void> {
	await processAtWork.getStore()?.ownClock.sleep(ms);
}

import { AsyncLocalStorage } from 'node:async_hooks';

/** The name of the call that the code at work places. */
export const callAtWork = new AsyncLocalStorage<string>();

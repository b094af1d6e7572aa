/** Time as the rest of the code takes it, so that tests need not wait for it. */
export interface Clock {
	/** Milliseconds since 1970, UTC. */
	now(): number;
	/** Resolves after `ms` milliseconds, or as soon as `signal` is aborted. Never rejects. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

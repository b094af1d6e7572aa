import type { Generation } from './generations/generation';

/** Whom a credential speaks for: where to send, and which generations of the API may answer there. */
export interface Account {
	/** Without a slash at its end. */
	baseUrl: string;
	/** In the order in which they are tried, see polyai-api.md § 1. */
	generations: readonly [Generation, ...Generation[]];
}

/** The contract's words for the status of a call (docs/design.md § 2). */
export type CallStatus = 'queued' | 'calling' | 'success' | 'failure' | 'unknown';

/** Every word that PolyAI has used for a status, in lower case with `-` (docs/polyai-api.md § 1). */
const MEANINGS = new Map<string, CallStatus>(
	Object.entries({
		queued: 'queued',
		created: 'queued',
		calling: 'calling',
		ringing: 'calling',
		'in-progress': 'calling',
		success: 'success',
		completed: 'success',
		failure: 'failure',
		failed: 'failure',
		'no-answer': 'failure',
		busy: 'failure',
		cancelled: 'failure',
		canceled: 'failure',
	}),
);

/** Reads PolyAI's word in any case; an unknown word is neither final nor a success. */
export function readCallStatus(word: unknown): CallStatus {
	if (typeof word !== 'string') return 'unknown';
	const known = word
		.trim()
		.toLowerCase()
		.replace(/[_\s]+/g, '-');
	return MEANINGS.get(known) ?? 'unknown';
}

/** It never changes again (docs/polyai-api.md § 1). */
export type FinalStatus = 'success' | 'failure';

export function isFinal(status: CallStatus): status is FinalStatus {
	return status === 'success' || status === 'failure';
}

/**
 * A call that is about to be sent. Its keys say whose it is: that of this execution, and that of any
 * execution with the same start, which is what a retry has in common with the one that crashed.
 */
export interface Mark {
	readonly keys: readonly string[];
	state: 'expected' | 'due' | 'written' | 'sent' | 'notSent';
	/** Someone else has written it: an interrupted run, or another worker. */
	isForeign: boolean;
	/** A retry has written it since then, and may be placing the call. */
	isRetried: boolean;
}

/** @param occurrence how many calls to this number come before it in the execution */
export function callName(phoneNumber: string, occurrence: number): string {
	return `${phoneNumber} ${occurrence}`;
}

export function newMark(keys: string[], state: Mark['state']): Mark {
	return { keys, state, isForeign: false, isRetried: false };
}

import type { CallRef } from '../polyai/versions/apiVersion';

/**
 * How a call ended for the trigger. `unavailable`: PolyAI deleted the result before it was read.
 */
export interface CallEnd {
	status: 'success' | 'failure' | 'unavailable';
	reason?: string;
	/** Milliseconds since 1970: PolyAI's time, or else when n8n found out. */
	finishedAt: number;
	/** PolyAI has deleted it, so it had ended two hours before. */
	isForgotten?: true;
}

/** A call for the trigger to report, with what is needed to find its record in a CRM again. */
export interface TrackedCall extends CallRef {
	/** Whose call it is: the credential. */
	account: string;
	phoneNumber: string;
	metadata?: Record<string, string>;
	/** Milliseconds since 1970 */
	triggeredAt: number;
	/** The workflow and execution that placed it. */
	workflowId: string;
	executionId: string;
	end?: CallEnd;
}

export type EndedCall = TrackedCall & { end: CallEnd };

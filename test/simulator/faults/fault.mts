import type { OperationKind } from '../versions/apiVersion.mts';
import type { ErrorShape } from './errorBodies.mts';

/**
 * What a request gets instead of its right answer.
 * - a number: that HTTP status; from 200 to 299 the right answer under another status
 * - `never`: no answer, the connection stays open
 * - `reset`: the connection is reset (TCP RST); `hangUp`: it is closed without an answer (FIN)
 * - `garbage`, `empty`, `truncated`: the request is carried out, its answer can't be read
 * - `expired`: the call's status is gone from now on
 * - left out: the right answer, which only makes sense with `delayMs`
 */
export interface FaultEffect {
	answer?: number | 'never' | 'reset' | 'hangUp' | 'garbage' | 'empty' | 'truncated' | 'expired';
	/** Carry the request out all the same, which places the call. Default: no. */
	dials?: boolean;
	/** Of an error status; default as the API version has it. */
	body?: ErrorShape;
	message?: string;
	/** Seconds for the Retry-After header, or the header's text as it is. */
	retryAfter?: number | string;
	/** Write the seconds of `retryAfter` as an HTTP date. */
	retryAfterAs?: 'seconds' | 'date';
	/** Of a redirect. */
	location?: string;
	/** Waited before answering. */
	delayMs?: number;
}

/** Which requests it meets; all conditions must hold. */
export interface FaultCondition {
	/** Default: every request. */
	on?: OperationKind | OperationKind[];
	/** Only the next so many matching requests. Default: until it is removed. */
	times?: number;
	/** E.164 numbers of the calls, for their trigger and for reading their status. */
	numbers?: string[];
	callSids?: string[];
	/** Of the path without its query. */
	path?: string;
	/** Between 0 and 1, drawn with the settings' seed. */
	share?: number;
}

export type Fault = FaultCondition & FaultEffect;

/** A request as faults see it, before it is carried out. */
export interface RequestSeen {
	/** Undefined for a path that belongs to no part of PolyAI. */
	operation?: OperationKind;
	method: string;
	/** Without the query. */
	path: string;
	/** E.164 */
	number?: string;
	callSid?: string;
	body: unknown;
}

export type FaultFunction = (request: RequestSeen) => FaultEffect | undefined;

/** Whether the request is carried out although its answer goes wrong. */
export function isCarriedOut({ answer, dials }: FaultEffect): boolean {
	if (dials !== undefined) return dials;
	if (typeof answer === 'number') return answer >= 200 && answer < 300;
	return answer === undefined || ['garbage', 'empty', 'truncated', 'expired'].includes(answer);
}

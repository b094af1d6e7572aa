import type { CustomOutcome } from './outcomes.mts';
import type { VersionName } from '../versions/apiVersion.mts';

/** What a request asked for. */
export interface CallOrder {
	/** E.164 */
	number: string;
	/** G3 names it; the token of G1 and G2 fixes it, here to live. */
	environment: string;
	variantId?: string;
	metadata: Record<string, string>;
	encryption?: string;
}

export interface Call extends CallOrder {
	sid: string;
	/** `conversations` for a call that someone made to the agent. */
	version: VersionName;
	placedAt: number;
	queuedMs: number;
	callingMs: number;
	outcome: CustomOutcome;
	/** When `finish` ended the call before its time. */
	finishedAt?: number;
	/** The status was expired by hand. */
	expired?: boolean;
}

export interface CallState {
	status: 'queued' | 'calling' | 'success' | 'failure';
	reason: string;
	/** When the call got into this status. */
	since: number;
	/** When it left the queue to be dialed; undefined when it never did. */
	dialedAt?: number;
}

/** The state of a call at a given time, computed from its timestamps. */
export function stateAt(call: Call, now: number): CallState {
	const dialedAt = call.placedAt + call.queuedMs;
	const endedAt = endOf(call);
	const inQueue = call.outcome.failsInQueue === true || Math.min(now, endedAt) < dialedAt;
	const left = inQueue ? {} : { dialedAt };
	if (now >= endedAt) {
		const { status, reason = '' } = call.outcome;
		return { status, reason, since: endedAt, ...left };
	}
	if (inQueue) return { status: 'queued', reason: '', since: call.placedAt };
	return { status: 'calling', reason: '', since: dialedAt, ...left };
}

/** Infinity for a call that only ends by hand. */
function endOf({ placedAt, queuedMs, callingMs, outcome, finishedAt }: Call): number {
	if (finishedAt !== undefined) return finishedAt;
	if (outcome.failsInQueue) return placedAt + queuedMs;
	return placedAt + queuedMs + callingMs;
}

export function isFinal({ status }: CallState): boolean {
	return status === 'success' || status === 'failure';
}

/** PolyAI keeps the status for a while after the end, and then no longer knows the call. */
export function isForgotten(call: Call, now: number, retentionMs: number): boolean {
	if (call.expired) return true;
	const endedAt = endOf(call);
	return now >= endedAt && (call.outcome.forgottenAtOnce === true || now - endedAt >= retentionMs);
}

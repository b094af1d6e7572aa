import type { CallError } from '../errors/callError';
import type { UnderstoodNumber } from '../phoneNumbers/understandNumber';
import type { CallStatus } from '../polyai/callStatus';
import type { StatusResult } from '../polyai/readStatus';
import type { CallRef, CallState } from '../polyai/versions/apiVersion';
import type { Clock } from '../time/clock';
import type { Ending } from './campaign';
import type { CallingPlan } from './planNextCall';
import type { ReportedEnds } from './reportedEnds';

/** A call to a person, as it is to be placed. */
export interface CampaignCall {
	number: UnderstoodNumber;
	metadata?: Record<string, string>;
	/** When the campaign called the person last. Milliseconds since 1970 */
	lastCallAt?: number;
}

/** What a campaign does right before a call is sent. Both throw what keeps it from being sent. */
export interface Claim {
	/** Takes the person for this run. @returns the time of the call, in milliseconds since 1970 */
	take(): Promise<number>;
	/** Whatever is awaited takes time, minutes if n8n is just starting: so the hours are checked last. */
	checkHours(): void;
}

/** Keeps a person from being called now: until a time, or for good. */
export class KeptBack {
	constructor(readonly next: { at: number } | Ending) {}
}

/** Keeps a person from being called so soon after a call by someone else. */
export class CalledLately {
	/**
	 * @param reason in words
	 * @param until milliseconds since 1970; undefined if it isn't known when the person was called
	 */
	constructor(
		readonly reason: string,
		readonly until?: number,
	) {}
}

/** Keeps a person from being called at this moment: they stay due. */
export class NotNow {}

/** Keeps everyone from being called now. */
export class RunRefused {
	constructor(readonly error: CallError) {}
}

export interface CampaignRules extends CallingPlan {
	/** Calls in progress at most, those of other runs of the campaign included. */
	maxLiveCalls: number;
	environment?: string;
	/** Milliseconds since 1970 from which on no call is begun. */
	until: number;
	/** Milliseconds between two looks at calls in progress, while others wait for them to end. */
	pollIntervalMs: number;
	/** Requests in flight at once. */
	concurrency: number;
}

/** What a run needs from outside. */
export interface CampaignTools {
	clock: Clock;
	random: () => number;
	signal?: AbortSignal;
	/** @throws CallError when the number can't be called */
	readNumber(phoneNumber: string): UnderstoodNumber;
	/**
	 * Which people were called too recently by others. It's asked for many at once, to claim none of
	 * them for nothing, and checked again before each call.
	 *
	 * @returns an entry for each call, in order
	 * @throws CallError when that can't be determined: no one is called then
	 */
	calledLately(calls: readonly CampaignCall[]): Promise<Array<CalledLately | undefined>>;
	/**
	 * Places a call.
	 *
	 * @param claim to be awaited before every request: what it throws keeps the call from being sent
	 * @throws CallError as `placeCall`, KeptBack, CalledLately, NotNow, RunRefused, or what `claim` throws
	 */
	place(call: CampaignCall, claim: Claim): Promise<{ callSid: string; status: CallStatus }>;
	readStatus(call: CallRef): Promise<StatusResult>;
	/** Whether a call with this final state has reached the person; undefined while that may yet become known. */
	hasReached(callSid: string, state: CallState): Promise<boolean | undefined>;
	reported: ReportedEnds;
}

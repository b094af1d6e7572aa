import type { CallError, CallErrorDetails } from '../../errors/callError';
import type { CallStatus } from '../callStatus';
import type { Encryption } from '../encryption';
import type { Environment } from '../environment';

/** What can be sent with a call; an API version leaves out what it doesn't know. */
export interface CallDetails {
	metadata?: Record<string, string>;
	encryption?: Encryption;
	environment?: Environment;
	variantId?: string;
}

/** A call to be placed, independent of the API version. */
export interface CallToPlace extends CallDetails {
	/** E.164 */
	phoneNumber: string;
}

/** All that is needed to find a call again. */
export interface CallRef {
	callSid: string;
	/** The one in which it was placed, where there are several. */
	environment?: Environment;
}

/** What PolyAI says about a call; fields that weren't sent are absent. */
export interface CallState {
	status: CallStatus;
	reason?: string;
	createdAt?: string;
	lastUpdated?: string;
}

/**
 * One version of PolyAI's outbound calling API: its paths and the names of its wire format,
 * which occur nowhere else. The table of docs/polyai-api.md § 1, as code.
 */
export interface ApiVersion {
	name: string;
	triggerPath: string;
	/** Its word for every encryption that it offers. */
	encryptions: Readonly<Partial<Record<Encryption, string>>>;
	triggerBody(call: CallToPlace): object;
	/** The call SID in a 2xx body, undefined if there is none. */
	readCallSid(body: unknown): string | undefined;
	statusPath(call: CallRef): string;
	/** Undefined if the body isn't a status. */
	readState(body: unknown): CallState | undefined;
	/** PolyAI's own server errors after which the call certainly wasn't placed. */
	notPlaced: readonly number[];
	/** By HTTP status, what an answer means if that differs from the usual meaning. */
	refusals?: Readonly<Record<number, Refusal>>;
}

/** Tells a refusal. @param values with PolyAI's own words, where it said any */
export type Refusal = (values: CallErrorDetails & { said?: string }) => CallError;

import type { CallError, CallErrorDetails } from '../../errors/callError';
import type { CallStatus } from '../callStatus';
import type { Encryption } from '../encryption';
import type { Environment } from '../environment';

/** What a call may be given on its way; an API version leaves out what it does not know. */
export interface CallDetails {
	metadata?: Record<string, string>;
	encryption?: Encryption;
	environment?: Environment;
	variantId?: string;
}

/** A call as our nodes want it placed, whatever the version of the API. */
export interface CallToPlace extends CallDetails {
	/** E.164 */
	phoneNumber: string;
}

/** All that finds a call again. */
export interface CallRef {
	callSid: string;
	/** The one in which it was placed, where there are several. */
	environment?: Environment;
}

/** What PolyAI says of a call; a field that was not sent is absent. */
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
	/** The SID of the call that a 2xx body reports, nothing when the body does not say. */
	readCallSid(body: unknown): string | undefined;
	statusPath(call: CallRef): string;
	/** Nothing when the body is not a status. */
	readState(body: unknown): CallState | undefined;
	/** Server errors of PolyAI itself after which the call certainly was not placed. */
	notPlaced: readonly number[];
	/** By HTTP status, what an answer means where it is not what it usually means. */
	refusals?: Readonly<Record<number, Refusal>>;
}

/** Tells a refusal. @param values with PolyAI's own words, where it said any */
export type Refusal = (values: CallErrorDetails & { said?: string }) => CallError;

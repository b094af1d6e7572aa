import type { Mark } from '../../shared/crashRecovery/mark';
import type { UnderstoodNumber } from '../../shared/phoneNumbers/understandNumber';
import type { CallDetails } from '../../shared/polyai/versions/apiVersion';
import type { CallingHours } from '../options/callingHours';
import type { RememberedCall } from '../run/placedCalls';
import type { FindCall } from './findUnconfirmedCall';
import type { Skipped } from './placement';

/**
 * Holds back a call that must not be placed after all; checked right before it is sent.
 *
 * @throws CallError if that can't be determined: the call must not be sent
 */
export type CallCheck = (call: RememberedCall) => Promise<Skipped | undefined>;

/** A call that one item asks for. */
export interface CallRequest {
	number: UnderstoodNumber;
	details: CallDetails;
	hours?: CallingHours;
	skipDuplicates: boolean;
	/** Looks for the call if it isn't known whether it was placed. */
	find?: FindCall;
	/** What may hold it back right before it is sent. */
	checks?: CallCheck[];
	/** Milliseconds that must have passed since the call log's last call to the number. */
	notCalledWithin?: number;
	/** When a campaign last called the person: only calls that the log shows after that count. Milliseconds since 1970 */
	lastOwnCallAt?: number;
	/** Names the call: it is placed once, whichever execution asks for it. */
	callKey?: string;
	retryServerErrors: boolean;
	/** Recorded durably before the call is sent. */
	mark?: Mark;
}

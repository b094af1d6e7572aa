import type { Mark } from '../../shared/crashRecovery/sentMarks';
import type { UnderstoodNumber } from '../../shared/phoneNumbers/understandNumber';
import type { CallDetails } from '../../shared/polyai/versions/apiVersion';
import type { CallingHours } from '../options/callingHours';
import type { RememberedCall } from '../run/placedCalls';
import type { FindCall } from './findUnconfirmedCall';
import type { Skipped } from './placement';

/**
 * Keeps a call back that is not to be placed after all; asked when it is about to be sent.
 *
 * @throws CallError when nobody can tell: the call must not be sent
 */
export type CallCheck = (call: RememberedCall) => Promise<Skipped | undefined>;

/** A call as one item asks for it. */
export interface CallRequest {
	number: UnderstoodNumber;
	details: CallDetails;
	hours?: CallingHours;
	skipDuplicates: boolean;
	/** Looks for the call when nobody knows whether it was placed. */
	find?: FindCall;
	/** What may keep it back at the moment at which it would be sent. */
	checks?: CallCheck[];
	/** Milliseconds since the last call to the number in the call log that have to be over. */
	notCalledWithin?: number;
	/** What names the call: it is placed once, whichever execution asks. */
	callKey?: string;
	retryServerErrors: boolean;
	/** What is written down durably before the call is sent. */
	mark?: Mark;
}

import type { CallStatus } from '../../shared/polyai/callStatus';
import type { RememberedCall } from '../run/placedCalls';
import type { OtherCalls } from './findUnconfirmedCall';
import type { CallRequest } from './callRequest';
import type { Skipped } from './placement';

/** What a run that was cut off has made of a call. */
export type Interrupted =
	| 'unknown'
	| 'notSent'
	| { callSid: string; status: CallStatus; triggeredAt: string };

/** Where calls are written down before they are sent, for other executions and for good. */
export interface CallRegister extends OtherCalls {
	/** Calls with the same key at the same place are one. */
	place: string;
	/**
	 * Nothing of the call may be sent before. To be asked before every request.
	 *
	 * @returns why it is not to be placed, if so: an earlier call was placed, or may have been
	 * @throws CallError when it cannot be written down: the call must not be sent
	 */
	begin(request: CallRequest, call: RememberedCall): Promise<Skipped | undefined>;
	/** @returns why it could not be written down, if so */
	accepted(request: CallRequest, call: RememberedCall): Promise<string | undefined>;
	/** @param why in words */
	unclear(call: RememberedCall, why: string): Promise<void>;
	/** The call was certainly not placed: its key is free. @param why in words */
	notPlaced(request: CallRequest, call: RememberedCall, why: string): Promise<void>;
	/** What became of a call that another run has marked. */
	findInterrupted(call: RememberedCall): Promise<Interrupted>;
}

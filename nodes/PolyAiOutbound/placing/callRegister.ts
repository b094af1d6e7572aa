import type { CallStatus } from '../../shared/polyai/callStatus';
import type { RememberedCall } from '../run/placedCalls';
import type { OtherCalls } from './findUnconfirmedCall';
import type { CallRequest } from './callRequest';
import type { Skipped } from './placement';

/** What an interrupted run has done about a call. */
export type Interrupted =
	| 'unknown'
	| 'notSent'
	| { callSid: string; status: CallStatus; triggeredAt: string };

/** Where calls are recorded before they are sent, for other executions and permanently. */
export interface CallRegister extends OtherCalls {
	/** Calls with the same key at the same place are one. */
	place: string;
	/**
	 * To be awaited before every request of the call.
	 *
	 * @returns why it isn't to be placed, if so: an earlier call was placed, or may have been
	 * @throws CallError if it can't be recorded: the call must not be sent
	 */
	begin(request: CallRequest, call: RememberedCall): Promise<Skipped | undefined>;
	/** @returns why it couldn't be recorded, if so */
	accepted(request: CallRequest, call: RememberedCall): Promise<string | undefined>;
	/** @param why in words */
	unclear(call: RememberedCall, why: string): Promise<void>;
	/** The call was certainly not placed: its key is free. @param why in words */
	notPlaced(request: CallRequest, call: RememberedCall, why: string): Promise<void>;
	/** What happened to a call that another run has marked. */
	findInterrupted(call: RememberedCall): Promise<Interrupted>;
}

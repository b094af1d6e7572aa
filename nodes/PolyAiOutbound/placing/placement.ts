import type { IDataObject } from 'n8n-workflow';
import { skipReasons } from '../../shared/errors/skipReasons';
import type { UnderstoodNumber } from '../../shared/phoneNumbers/understandNumber';
import { isFinal, type CallStatus } from '../../shared/polyai/callStatus';
import { withoutAbsent } from '../../shared/withoutAbsent';
import type { RememberedCall } from '../run/placedCalls';

/** A call that was accepted. */
export interface Placement extends RememberedCall {
	callSid: string;
	status: CallStatus;
	/** Why it's missing in the call log, if it should be there. */
	callLogProblem?: string;
}

/** A call that was deliberately not placed. */
export class Skipped {
	constructor(
		readonly skipReason:
			| 'duplicateNumber'
			| 'outsideCallingHours'
			| 'alreadyCalled'
			| 'calledRecently'
			| 'onDoNotCallList'
			| 'tooManyLiveCalls',
		readonly reason: string,
		readonly details: { nextAllowedAt?: string; callSid?: string } = {},
	) {}
}

/**
 * Of two calls with the same call key, only the first is placed. @param callSid where it is known
 */
export function alreadyCalled(callKey: string, callSid: string | undefined): Skipped {
	const reason = skipReasons.keyWasUsed({ callKey });
	return new Skipped('alreadyCalled', reason, withoutAbsent({ callSid }));
}

/** The fields of the contract for an operation that places calls (docs/design.md § 2). */
export function toPlacementOutput(
	{ number: { phoneNumber, country } }: { number: UnderstoodNumber },
	result: Placement | Skipped,
): IDataObject & { status: string } {
	const number = { phoneNumber, ...(country && { country }) };
	if (result instanceof Skipped) {
		const { skipReason, reason, details } = result;
		const why = { skipReason, reason, ...withoutAbsent(details) };
		return { status: 'skipped', isFinal: true, ...number, ...why };
	}
	const { callSid, status, triggeredAt, callLogProblem } = result;
	return {
		...{ callSid, status, isFinal: isFinal(status), ...number, triggeredAt },
		...(callLogProblem && { callLogProblem }),
	};
}

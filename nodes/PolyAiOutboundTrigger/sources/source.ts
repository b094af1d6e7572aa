import type { IDataObject, INodeProperties, IPollFunctions } from 'n8n-workflow';
import type { CallError } from '../../shared/callError';
import type { Account } from '../../shared/polyai/account';
import type { Sender } from '../../shared/sending/request';
import type { TrackedCall } from '../../shared/tracking/trackedCall';

/** What a poll works with, whatever its source. */
export interface Poll {
	context: IPollFunctions;
	account: Account;
	/** Tells the calls of this credential from those of others. */
	accountKey: string;
	sender: Sender;
	/** Milliseconds since 1970 at which no further look at a call is started. */
	until: number;
	/** Which trigger node of which workflow this is. */
	trigger: string;
}

export interface PollResult {
	/** What leaves the node; what is not in `events` was left out. */
	items: IDataObject[];
	/** A refusal that concerns all calls, to be said when there is nothing to report. */
	refused?: CallError;
}

/** A place from which the trigger knows its calls: how it looks in the panel, and what it does. */
export interface Source {
	value: string;
	name: string;
	description: string;
	fields: INodeProperties[];
	/** Reports every call that has ended once. The last thing that it does is to remember that. */
	poll(poll: Poll, events: readonly CallEvent[]): Promise<PollResult>;
	/** A real call that has ended, for "Fetch Test Event"; nothing is remembered. */
	sample(poll: Poll): Promise<IDataObject | undefined>;
	/** What to do when there is none. */
	howToGetOne: string;
}

export type CallEvent = 'success' | 'failure' | 'unavailable';

/** The fields of the contract for a call that the trigger reports (design § 2). */
export function callJson(call: TrackedCall): IDataObject {
	const { callSid, phoneNumber, metadata, triggeredAt, workflowId, executionId, end } = call;
	return {
		callSid,
		status: end?.status,
		...(end?.reason && { reason: end.reason }),
		phoneNumber,
		...(metadata && { metadata }),
		triggeredAt: new Date(triggeredAt).toISOString(),
		finishedAt: new Date(end?.finishedAt ?? triggeredAt).toISOString(),
		workflowId,
		executionId,
	};
}

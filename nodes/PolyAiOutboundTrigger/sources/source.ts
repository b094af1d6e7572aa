import type { IDataObject, INodeProperties, IPollFunctions } from 'n8n-workflow';
import { fallBackToConversation } from '../../n8n/fallBackToConversation';
import { includeConversation } from '../../n8n/includeConversation';
import type { CallError } from '../../shared/errors/callError';
import type { Account } from '../../shared/polyai/account';
import type { Environment } from '../../shared/polyai/environment';
import type { Sender } from '../../shared/http/sendWithRetry';
import { withoutAbsent } from '../../shared/withoutAbsent';
import { isoTime } from '../../shared/time/isoTime';
import type { CallEnd, TrackedCall } from '../../shared/tracking/trackedCall';
import type { TriggerMemory } from '../../shared/tracking/triggerMemory';

/** What a poll works with, whatever its source. */
export interface Poll {
	context: IPollFunctions;
	account: Account;
	sender: Sender;
	/** As chosen in the panel; undefined with a token, which is issued for one. */
	environment: Environment | undefined;
	/** Which ends start the workflow. */
	events: readonly CallEvent[];
	/** Whether items include what happened in their calls. */
	includesConversation: boolean;
	/** Milliseconds since 1970 at which no further status is read. */
	until: number;
	memory: TriggerMemory;
}

export interface PollResult {
	/** All calls that have ended, whatever the result. */
	ended: IDataObject[];
	/** To be called at the end, with whether n8n is about to get any of them. */
	close?: (isReporting: boolean) => Promise<void>;
	/** A refusal that concerns all calls, to be shown if there is nothing to report. */
	refused?: CallError;
	/** For a test event, why no call has ended. */
	whyNone?: CallError;
}

/** Where the trigger gets its calls from: how that looks in the panel, and what it does. */
export interface Source {
	value: string;
	name: string;
	/** In n8n's node picker. */
	action: string;
	description: string;
	fields: INodeProperties[];
	options: INodeProperties[];
	/** Reports every ended call once, and marks it in `memory` at the same moment. */
	poll(poll: Poll): Promise<PollResult>;
	/**
	 * Real calls that have ended, for "Fetch Test Event", if an ordinary poll without memory isn't
	 * enough.
	 */
	sample?(poll: Poll): Promise<PollResult>;
	/** Says what to do when there is none. */
	noSample(): CallError;
}

/** Options of a source that asks for statuses. */
export const statusOptions = [fallBackToConversation.field, includeConversation.field];

export type CallEvent = CallEnd['status'];

/** The fields of a call that the trigger reports, as far as they are known (docs/design.md § 2). */
export function toCallOutput(
	{ status, reason, finishedAt }: CallEnd,
	{ callSid, ...call }: Partial<TrackedCall> & { callSid: string },
): IDataObject {
	return withoutAbsent({
		callSid,
		status,
		reason: reason || undefined,
		phoneNumber: call.phoneNumber,
		metadata: call.metadata,
		triggeredAt: isoTime(call.triggeredAt),
		finishedAt: isoTime(finishedAt),
		workflowId: call.workflowId,
		executionId: call.executionId,
	});
}

import type { IDataObject } from 'n8n-workflow';
import { CallError } from '../../../shared/errors/callError';
import { whatHappened } from '../../../shared/polyai/conversations/whatHappened';
import type { CallRef, CallState } from '../../../shared/polyai/versions/apiVersion';
import { readStatus } from '../../../shared/polyai/readStatus';
import { PendingOutput, type Operation } from '../../operation';
import {
	fallBackToConversation,
	withConversationFallback,
} from '../../../n8n/fallBackToConversation';
import { includeConversation } from '../../../n8n/includeConversation';
import { includeInputFields } from '../../options/includeInputFields';
import { choiceOption } from '../../../n8n/option';
import { maxConcurrency, requestTimeout } from '../../options/sendingOptions';
import { optionsOf, type Session } from '../../run/session';
import { callFields } from './callFields';
import { openExistingCallRun } from './existingCallRun';
import { toStatusOutput } from './statusOutput';

const ifNotFound = choiceOption({
	displayName: 'If Not Found',
	name: 'ifNotFound',
	options: [
		{ name: 'Return an Error', value: 'error' },
		{ name: 'Return Status Unknown', value: 'returnUnknown' },
	],
	default: 'error',
	description:
		"What to do if PolyAI doesn't know the call, for example because it ended more than two hours ago. Default: Return an Error.",
});

export const getStatus: Operation = {
	resource: 'call',
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get call status',
	description: 'Retrieve the current status of a call',
	toolDescription:
		'Gets the current status of a phone call that was placed earlier. It calls no one. Status queued or calling: the call has not ended, check again later. Status success: the call took place, which includes voicemail. Status failure: no one was reached, and reason says why if it is known.',
	fields: callFields,
	options: [
		fallBackToConversation,
		ifNotFound,
		includeConversation,
		includeInputFields,
		maxConcurrency,
		requestTimeout,
	],
	async open(context) {
		return await openExistingCallRun(context, (session) => (call, item) => {
			const { sender, tracking } = session;
			const { callSid } = call;
			const options = optionsOf(context, item);
			const notFound = ifNotFound.read(options);
			const isIncluding = includeConversation.read(options);
			const fallsBack = isIncluding || fallBackToConversation.read(options);
			const account = withConversationFallback(session.account, fallsBack);
			return async () => {
				const state = await stateOf({ sender, account }, call, notFound);
				tracking.saw(callSid, state);
				const json = toStatusOutput(callSid, state, sender.clock.now());
				if (!isIncluding) return json;
				const happened = whatHappened(sender, account, callSid, state);
				return new PendingOutput(happened.then((more) => ({ ...json, ...more }) as IDataObject));
			};
		});
	},
};

async function stateOf(
	{ sender, account }: Pick<Session, 'sender' | 'account'>,
	call: CallRef,
	notFound: 'error' | 'returnUnknown',
): Promise<CallState> {
	const reading = readStatus(sender, account, call);
	return await reading.catch((error: CallError) => {
		const isMissing = error instanceof CallError && error.code === 'notFound';
		if (isMissing && notFound === 'returnUnknown') return { status: 'unknown' as const };
		return Promise.reject(
			error instanceof CallError ? error.about({ callSid: call.callSid }) : error,
		);
	});
}

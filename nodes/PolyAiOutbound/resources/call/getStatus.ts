import type { IDataObject } from 'n8n-workflow';
import { CallError } from '../../../shared/callError';
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
import { openSession, optionsOf, type Session } from '../../run/session';
import { callFields, readCall, skippedBefore } from './callFields';
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
		'What to do when PolyAI does not know the call, for example since it ended more than two hours ago. Default: Return an Error.',
});

export const getStatus: Operation = {
	resource: 'call',
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of a call',
	description: 'Retrieve the current status of a call',
	toolDescription:
		'Tells how a phone call stands that was placed before. It calls nobody. Status queued or calling: the call is not over, ask again later. Status success: the call took place, which includes a voicemail. Status failure: nobody was reached, and reason says why if it is known.',
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
		const session = await openSession(context);
		return {
			concurrency: session.concurrency,
			giveUp: session.giveUp,
			prepare(item) {
				const skipped = skippedBefore(context, item);
				if (skipped) return async () => skipped;
				const call = readCall(context, item);
				const { callSid } = call;
				const options = optionsOf(context, item);
				const notFound = ifNotFound.read(options);
				const isIncluding = includeConversation.read(options);
				const fallsBackToConversation = isIncluding || fallBackToConversation.read(options);
				const account = withConversationFallback(session.account, fallsBackToConversation);
				return async () => {
					const state = await look({ ...session, account }, call, notFound);
					session.tracking.saw(callSid, state);
					const json = toStatusOutput(callSid, state, session.sender.clock.now());
					if (!isIncluding) return json;
					const happened = whatHappened(session.sender, account, callSid, state);
					return new PendingOutput(happened.then((told) => ({ ...json, ...told }) as IDataObject));
				};
			},
		};
	},
};

async function look(
	{ sender, account }: Session,
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

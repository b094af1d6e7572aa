import { fetchConversation } from '../../../shared/polyai/conversations/fetchConversation';
import { callSidFields, readCallSid } from '../call/callFields';
import type { Operation } from '../../operation';
import { maxConcurrency, requestTimeout } from '../../options/sendingOptions';
import { about, conversationsNotice, openAgentRun } from './agentSession';
import { outputFields, readOutput } from './output';

export const get: Operation = {
	resource: 'conversation',
	value: 'get',
	name: 'Get',
	action: 'Get conversation',
	description: 'Retrieve a conversation: how a call went, its summary, and its transcript',
	toolDescription:
		'Gets what happened in a phone call that was placed earlier: how it ended, its summary, and its transcript. It calls no one. Status calling: the call has not ended, check again later. A missing field is not known.',
	fields: [conversationsNotice, ...callSidFields, ...outputFields],
	options: [maxConcurrency, requestTimeout],
	async open(context) {
		return await openAgentRun(context, ({ sender, account }) => (item) => {
			const callSid = readCallSid(context, item);
			const outputOf = readOutput(context, item);
			return async () => {
				return outputOf(await fetchConversation(sender, account, callSid).catch(about(callSid)));
			};
		});
	},
};

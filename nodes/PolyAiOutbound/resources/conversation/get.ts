import type { IDataObject, INodeProperties } from 'n8n-workflow';
import {
	fetchConversation,
	type FoundConversation,
} from '../../../shared/polyai/conversations/fetchConversation';
import { callSidFields, readCallSid } from '../call/callFields';
import type { Operation } from '../../operation';
import { maxConcurrency, requestTimeout } from '../../options/sendingOptions';
import { about, agentsApiNotice, openAgentSession } from './agentSession';

const simpleField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simple',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const get: Operation = {
	resource: 'conversation',
	value: 'get',
	name: 'Get',
	action: 'Get a conversation',
	description: 'Read what happened in a call: its outcome, transcript, summary and more',
	toolDescription:
		'Tells what happened in a phone call that was placed before: how it ended, its summary and its transcript. It calls nobody. Status calling: the call is not over, ask again later. A field that is missing is not known.',
	fields: [agentsApiNotice, ...callSidFields, simpleField],
	options: [maxConcurrency, requestTimeout],
	async open(context) {
		const { sender, account, concurrency, giveUp } = await openAgentSession(context);
		return {
			concurrency,
			giveUp,
			prepare(item) {
				const callSid = readCallSid(context, item);
				const isSimple = context.getNodeParameter('simple', item, true) !== false;
				return async () => {
					const found = await fetchConversation(sender, account, callSid).catch(about(callSid));
					return isSimple ? { ...found.conversation } : rawJson(found);
				};
			},
		};
	},
};

/** n8n takes an item with a top-level `error` for a failed one. */
function rawJson({ raw: { error, ...rest } }: FoundConversation): IDataObject {
	return { ...rest, ...(error !== undefined && { conversationError: error }) } as IDataObject;
}

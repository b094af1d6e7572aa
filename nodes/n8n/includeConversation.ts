import { switchOption } from './option';

/** Of both nodes. */
export const includeConversation = switchOption({
	displayName: 'Include Conversation',
	name: 'includeConversation',
	default: false,
	description:
		"Whether to add how the call went as 'outcome' (answered, voicemail, notReached or unknown) and, with the Agents API, what was said as 'conversation'. Waits up to a minute for what PolyAI adds after the end of a call. Default: off.",
});

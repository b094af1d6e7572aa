import { switchOption } from './option';

/** For both nodes. */
export const includeConversation = switchOption({
	displayName: 'Include Conversation',
	name: 'includeConversation',
	default: false,
	description:
		"Whether to add how the call went as 'outcome' (answered, voicemail, notReached, or unknown) and, with the Agents API, what was said as 'conversation'. The node waits up to a minute for what PolyAI adds after a call has ended. Default: off.",
});

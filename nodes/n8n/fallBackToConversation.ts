import type { Account } from '../shared/polyai/account';
import { switchOption } from './option';

/** Of both nodes; only an API key may read conversations. */
export const fallBackToConversation = switchOption({
	displayName: 'Fall Back to Conversation',
	name: 'fallBackToConversation',
	default: false,
	description:
		'Whether the conversation is to tell how a call ended once PolyAI has forgotten its status, two hours after its end. Default: off.',
	displayOptions: { show: { '/authentication': ['agentsApi'] } },
});

/** The same account, whose conversations tell the ends of calls if the user wants that. */
export function withConversationFallback(
	account: Account,
	fallsBackToConversation: boolean,
): Account {
	const { agent } = account;
	return agent ? { ...account, agent: { ...agent, fallsBackToConversation } } : account;
}

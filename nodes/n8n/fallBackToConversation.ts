import type { Account } from '../shared/polyai/account';
import { switchOption } from './option';

/** For both nodes; only an API key can read conversations. */
export const fallBackToConversation = switchOption({
	displayName: 'Fall Back to Conversation',
	name: 'fallBackToConversation',
	default: false,
	description:
		'Whether to read how a call ended from its conversation once PolyAI has deleted the status, two hours after the call. Default: off.',
	displayOptions: { show: { '/authentication': ['agentsApi'] } },
});

/**
 * The same account, with its conversations as a fallback for how calls ended, if the user wants
 * that.
 */
export function withConversationFallback(
	account: Account,
	fallsBackToConversation: boolean,
): Account {
	const { agent } = account;
	return agent ? { ...account, agent: { ...agent, fallsBackToConversation } } : account;
}

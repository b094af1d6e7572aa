import type { AgentAccount } from '../account';
import { getWithRetry } from '../getWithRetry';
import type { Sender } from '../../http/sendWithRetry';
import type { Conversation } from './conversation';
import { getConversation, type FoundConversation } from './fetchConversation';
import { listConversations } from './listConversations';
import type { ListQuery } from './wireNames';

export interface Wanted<Kept> {
	/** Infinity for all. */
	limit: number;
	/** @param isWhole whether missing fields will stay unknown, so that nothing is left open */
	fits(conversation: Conversation, isWhole: boolean): boolean;
	/** Whether fields that are needed are missing in the list. */
	lacks(conversation: Conversation): boolean;
	/** What to keep of a conversation while the rest of the list is read. */
	keep(found: FoundConversation): Kept;
}

/**
 * The matching conversations of a project's list, in PolyAI's order. The list grows in the
 * meantime: a window with an end leaves out what starts later, and a conversation that a late one
 * pushes onto the next page comes out only once.
 *
 * @param query whose `to` isn't in the future
 * @throws CallError if a page can't be read
 */
export async function readListed<Kept>(
	sender: Sender,
	account: AgentAccount,
	workspaceId: string,
	query: ListQuery,
	{ limit, fits, lacks, keep }: Wanted<Kept>,
	get: typeof getWithRetry = getWithRetry,
): Promise<Kept[]> {
	const complete = async ({ conversation, raw }: FoundConversation) => {
		if (!lacks(conversation)) return { conversation, raw };
		return { conversation: await lookUp(sender, account, conversation), raw };
	};
	const found: Kept[] = [];
	const seen = new Set<string>();
	const cursors = new Set<string>();
	let { cursor } = query;
	do {
		const page = await listConversations(sender, account, workspaceId, { ...query, cursor }, get);
		if ('error' in page) throw page.error;
		const fresh = page.value.found.filter(({ conversation }) => !seen.has(conversation.callSid));
		for (const { conversation } of fresh) seen.add(conversation.callSid);
		const candidates = fresh.filter(({ conversation }) => fits(conversation, false));
		for (const one of await Promise.all(candidates.map(complete))) {
			if (fits(one.conversation, true)) found.push(keep(one));
			if (found.length >= limit) return found;
		}
		cursor = page.value.cursor;
		// If the server goes around in circles, everything has been read.
		if (cursor !== undefined && cursors.has(cursor)) return found;
		if (cursor !== undefined) cursors.add(cursor);
	} while (cursor !== undefined);
	return found;
}

/**
 * PolyAI's list contains less than the conversation itself: not whether an agent placed the call,
 * which decides which of the two numbers is the other party's.
 */
async function lookUp(
	sender: Sender,
	account: AgentAccount,
	one: Conversation,
): Promise<Conversation> {
	const reply = await getConversation(getWithRetry, sender, account, one.callSid);
	if ('value' in reply) return { ...one, ...reply.value.conversation };
	if (reply.error.code !== 'notFound') throw reply.error;
	const { phoneNumber, ...rest } = one;
	return one.direction === undefined ? rest : { ...rest, phoneNumber };
}

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
	/** @param isWhole whether what it lacks will not be known, so that nothing is left open */
	fits(conversation: Conversation, isWhole: boolean): boolean;
	/** Whether its fields that are wanted are missing in the list. */
	lacks(conversation: Conversation): boolean;
	/** What is kept of one while the rest of the list is read. */
	keep(found: FoundConversation): Kept;
}

/**
 * The conversations of a project's list that are wanted, in PolyAI's order. The list grows meanwhile: a
 * stretch of time that has an end leaves out what begins later, and what is pushed onto the next page by a
 * conversation that is listed late comes out once.
 *
 * @param query whose `to` is not in the future
 * @throws CallError when a page cannot be read
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
		// A server that goes round in circles has told everything.
		if (cursor !== undefined && cursors.has(cursor)) return found;
		if (cursor !== undefined) cursors.add(cursor);
	} while (cursor !== undefined);
	return found;
}

/**
 * PolyAI's list tells less of a conversation than the conversation itself: not whether it is a call that
 * an agent placed, without which nobody can tell which of two numbers is the other party's.
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

import type { ReadResult } from '../getWithRetry';
import type { Conversation } from './conversation';
import type { ConversationPage } from './listConversations';

/** A time window, in milliseconds since 1970, and where to continue reading it. */
export interface Page {
	from: number;
	to: number;
	cursor?: string;
}

/** A page of the conversations that started in a time window. */
export type ListPage = (page: Page) => Promise<ReadResult<ConversationPage>>;

/** Servers cut a time to seconds. */
const ROUNDING_MS = 1000;

/**
 * One conversation in the list, in its current state.
 *
 * @param start milliseconds since 1970 at which it started
 * @returns undefined as its value if the list doesn't have it
 */
export async function findListed(
	list: ListPage,
	callSid: string,
	start: number,
): Promise<ReadResult<Conversation | undefined>> {
	let page: Page | undefined = { from: start - ROUNDING_MS, to: start + ROUNDING_MS };
	while (page) {
		const reply: ReadResult<ConversationPage> = await list(page);
		if ('error' in reply) return reply;
		const { found, cursor } = reply.value;
		const one = found.find(({ conversation }) => conversation.callSid === callSid);
		if (one) return { value: one.conversation };
		page = cursor === undefined ? undefined : { ...page, cursor };
	}
	return { value: undefined };
}

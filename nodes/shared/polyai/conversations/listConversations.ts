import { badRequest } from '../../errors/badRequest';
import { notFound } from '../../errors/notFound';
import type { AgentAccount } from '../account';
import { isRecord } from '../../isRecord';
import { getWithRetry, getOnce, type ReadResult } from '../getWithRetry';
import type { Sender } from '../../http/sendWithRetry';
import { readConversation } from './conversation';
import type { FoundConversation } from './fetchConversation';
import { listAt, textAt } from './readFields';
import { LIST, listPath, type ListQuery } from './wireNames';

export interface ConversationPage {
	found: FoundConversation[];
	/** For the next page; absent on the last one. */
	cursor?: string;
}

/**
 * One page of the conversations that started in a time window, with a single request unless asked
 * otherwise.
 *
 * @param workspaceId `ws-…`
 */
export async function listConversations(
	sender: Sender,
	{ agent, versions: [version] }: AgentAccount,
	workspaceId: string,
	query: ListQuery,
	get: typeof getWithRetry = getOnce,
): Promise<ReadResult<ConversationPage>> {
	const { platformUrl, agentId } = agent;
	if (platformUrl === undefined) return { error: badRequest.regionWithoutList(), mayPass: false };
	return await get(sender, {
		url: platformUrl + listPath(workspaceId, agentId, query),
		version,
		read: (body) => readPage(body, query),
		refusals: { 404: notFound.conversations },
	});
}

/** A row that can't be read doesn't hide the others. */
function readPage(body: unknown, query: ListQuery): ConversationPage | undefined {
	if (!isRecord(body)) return undefined;
	const rows = listAt(body, LIST.rows);
	if (!rows) return undefined;
	const found = rows.filter(isRecord).flatMap((raw) => {
		const conversation = readConversation(raw);
		return conversation ? [{ conversation, raw }] : [];
	});
	const cursor = textAt(body, LIST.cursor);
	// The same cursor again would go on forever.
	return cursor === undefined || cursor === query.cursor ? { found } : { found, cursor };
}

import { isRecord } from '../isRecord';
import { askOnce, type Reply } from '../sending/ask';
import type { Sender } from '../sending/request';
import { readConversation, type Conversation } from './conversation';
import { listAt, textAt } from './readFields';
import { LIST, listPath, type ListQuery } from './wireNames';

/** Where the conversations of a project are listed. */
export interface ProjectAddress {
	/** Of PolyAI's platform, without a slash at its end. */
	platformUrl: string;
	/** `ws-…` */
	workspaceId: string;
	/** `PROJECT-…`, which is the agent's ID. */
	agentId: string;
}

export interface ConversationPage {
	conversations: Conversation[];
	/** For the next page; absent on the last one. */
	cursor?: string;
}

/** One page of the conversations that began in a stretch of time, with a single request. */
export async function listConversations(
	sender: Sender,
	{ platformUrl, workspaceId, agentId }: ProjectAddress,
	query: ListQuery,
): Promise<Reply<ConversationPage>> {
	return await askOnce(sender, {
		url: platformUrl + listPath(workspaceId, agentId, query),
		read: (body) => readPage(body, query),
	});
}

/** A row that cannot be read hides no other one. */
function readPage(body: unknown, query: ListQuery): ConversationPage | undefined {
	if (!isRecord(body)) return undefined;
	const rows = listAt(body, LIST.rows);
	if (!rows) return undefined;
	const conversations = rows.flatMap((row) => readConversation(row) ?? []);
	const cursor = textAt(body, LIST.cursor);
	// The same cursor again would go on for ever.
	return cursor === undefined || cursor === query.cursor
		? { conversations }
		: { conversations, cursor };
}

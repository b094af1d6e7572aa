import type { Sender } from '../../nodes/shared/http/sendWithRetry.ts';
import { listConversations } from '../../nodes/shared/polyai/conversations/listConversations.ts';
import { DEFAULT_ENVIRONMENT } from '../../nodes/shared/polyai/environment.ts';
import type { Access } from './askForAccess.mts';

/** The list is asked for what began within this time. */
const HOUR_MS = 60 * 60_000;

/** The conversations that began around a time; none without a workspace, or in the region Studio. */
export async function readListAround(
	sender: Sender,
	{ account, workspaceId, environment = DEFAULT_ENVIRONMENT }: Access,
	time: number,
): Promise<string[]> {
	const { agent } = account;
	if (!agent?.platformUrl || !workspaceId) return [];
	const window = { from: time - HOUR_MS, to: time + HOUR_MS, environment };
	const page = await listConversations(sender, { ...account, agent }, workspaceId, window);
	return 'value' in page ? page.value.found.map(({ conversation }) => conversation.callSid) : [];
}

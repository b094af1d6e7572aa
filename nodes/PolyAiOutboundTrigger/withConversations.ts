import type { IDataObject } from 'n8n-workflow';
import { whatHappened } from '../shared/polyai/conversations/whatHappened';
import { readCallStatus } from '../shared/polyai/callStatus';
import { getOnce } from '../shared/polyai/getWithRetry';
import { toResult } from '../shared/toResult';
import { textOf } from '../shared/textOf';
import type { Poll } from './sources/source';

/**
 * Adds what happened in the calls to the trigger's items if the option is on. The calls have
 * already been marked as reported, so nothing here may fail or outlast the poll.
 */
export async function withConversations(poll: Poll, items: IDataObject[]): Promise<IDataObject[]> {
	const { account, sender, until, includesConversation } = poll;
	if (!includesConversation) return items;
	const tell = async (item: IDataObject): Promise<IDataObject> => {
		const { callSid, status, reason, finishedAt } = item as Record<string, string | undefined>;
		// `unavailable` is the trigger's own status: it isn't known how the call ended.
		const state = { status: readCallStatus(status), reason, lastUpdated: finishedAt };
		const happened = await toResult(async () => {
			return await whatHappened(sender, account, textOf(callSid), state, {
				get: getOnce,
				until,
			});
		});
		return 'value' in happened
			? { ...item, ...(happened.value as object) }
			: { ...item, outcome: 'unknown', conversationProblem: (happened.error as Error).message };
	};
	return await Promise.all(items.map(tell));
}

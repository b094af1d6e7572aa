import { ConversationFeed } from '../../shared/polyai/conversations/conversationFeed';
import { FeedMemory, LATEST_ARRIVAL_MS } from '../../shared/polyai/conversations/feedMemory';
import type { Poll } from '../sources/source';

/**
 * How far a trigger has read its list. It goes on where it stood, also after a restart or where another
 * main process takes over, but not with what ended long before the workflow was published.
 *
 * @param key of the list that is to be read
 */
export function recallFeed({ context, memory, sender }: Poll, key: string): ConversationFeed {
	const known = memory.feed?.memory.feed === key ? memory.feed : undefined;
	const since = memory.since ?? -Infinity;
	if (known && known.memory.until >= since) return known;
	// A trigger that was active before n8n started, and has saved nothing since it has reported nothing
	// yet, looks back: what ended while n8n was off would be lost otherwise.
	const wasActive = ['init', 'leadershipChange'].includes(context.getActivationMode?.() ?? '');
	const start = known ? since : sender.clock.now() - (wasActive ? LATEST_ARRIVAL_MS : 0);
	memory.feed = new ConversationFeed(FeedMemory.startingAt(key, start, known?.memory));
	return memory.feed;
}

import { ConversationFeed } from '../../shared/polyai/conversations/conversationFeed';
import { FeedMemory, LATEST_ARRIVAL_MS } from '../../shared/polyai/conversations/feedMemory';
import type { Poll } from '../sources/source';

/**
 * How far a trigger has read its list. It continues where it left off, even after a restart or if
 * another main process takes over, but leaves out what ended long before the workflow was
 * published.
 *
 * @param key of the list to read
 */
export function recallFeed({ context, memory, sender }: Poll, key: string): ConversationFeed {
	const known = memory.feed?.memory.feed === key ? memory.feed : undefined;
	const since = memory.since ?? -Infinity;
	if (known && known.memory.until >= since) return known;
	// A trigger that was active before n8n started, but has saved nothing because it hasn't reported
	// anything yet, looks back. Otherwise what ended while n8n was off would be lost.
	const wasActive = ['init', 'leadershipChange'].includes(context.getActivationMode?.() ?? '');
	const start = known ? since : sender.clock.now() - (wasActive ? LATEST_ARRIVAL_MS : 0);
	memory.feed = new ConversationFeed(FeedMemory.startingAt(key, start, known?.memory));
	return memory.feed;
}

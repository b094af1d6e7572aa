import type { IPollFunctions } from 'n8n-workflow';
import { ConversationFeed } from '../../shared/conversations/conversationFeed';
import {
	FeedMemory,
	LATEST_ARRIVAL_MS,
	readSavedFeed,
	type SavedFeed,
} from '../../shared/conversations/feedMemory';
import { saveOwn } from '../saveOwn';
import type { Poll } from '../sources/source';

/** The key of the node's static data under which it stands how far the list was read. */
const SAVED = 'conversations';

/** By trigger: what this process knows is newer than its own saved copy. */
const known = new Map<string, { feed: ConversationFeed; context: IPollFunctions }>();

/**
 * How far a trigger has read its list. It goes on where it stood, also after a restart or where
 * another main process takes over; when the user publishes the workflow, it begins with now.
 *
 * @param key of the list that is to be read
 */
export function recallFeed({ context, trigger, sender }: Poll, key: string): ConversationFeed {
	const last = known.get(trigger);
	const mine = last?.feed.memory.feed === key ? last.feed : undefined;
	const isPublished = last?.context !== context && activationOf(context) === 'activate';
	const feed = isPublished ? undefined : goOn(mine, savedFeed(context, key));
	const recalled =
		feed ?? new ConversationFeed(FeedMemory.startingAt(key, startOf(context, sender.clock.now())));
	known.set(trigger, { feed: recalled, context });
	return recalled;
}

/** Only in a poll that reports something. */
export function saveFeed(context: IPollFunctions, { memory }: ConversationFeed): void {
	saveOwn(context, SAVED, memory.save());
}

function goOn(
	mine: ConversationFeed | undefined,
	saved: SavedFeed | undefined,
): ConversationFeed | undefined {
	if (!saved) return mine;
	if (!mine) return new ConversationFeed(FeedMemory.restore(saved));
	mine.catchUpWith(saved);
	return mine;
}

function savedFeed(context: IPollFunctions, key: string): SavedFeed | undefined {
	const saved = readSavedFeed(context.getWorkflowStaticData('node')[SAVED]);
	return saved?.feed === key ? saved : undefined;
}

/**
 * A trigger that was active before n8n started, and has saved nothing since it has reported nothing
 * yet, looks back: what ended while n8n was off would be lost otherwise.
 */
function startOf(context: IPollFunctions, now: number): number {
	const wasActive = ['init', 'leadershipChange'].includes(activationOf(context) ?? '');
	return wasActive ? now - LATEST_ARRIVAL_MS : now;
}

function activationOf(context: IPollFunctions) {
	return context.getActivationMode?.();
}

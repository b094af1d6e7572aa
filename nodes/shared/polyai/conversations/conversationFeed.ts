import type { CallError } from '../../errors/callError';
import { forEachConcurrently } from '../../forEachConcurrently';
import type { ReadFailure } from '../getWithRetry';
import { HOUR_MS, LONGEST_STAY_MS } from '../../tracking/bounds';
import { OLDEST_OPEN_CALL_MS } from '../../tracking/pollSchedule';
import type { Conversation } from './conversation';
import { findListed, type ListPage, type Page } from './findListed';
import { FeedMemory, LATEST_ARRIVAL_MS, type SavedFeed } from './feedMemory';

/** What was missed while n8n was off is read in windows of this length. */
const LONGEST_WINDOW_MS = 6 * HOUR_MS;

/** This many temporary failures in a row aren't reported. */
const PATIENCE = 3;

export interface FeedReading {
	list: ListPage;
	now(): number;
	/** Whether there is time for another request. */
	goesOn(): boolean;
	/** Requests in flight at once. */
	concurrency: number;
}

export interface FeedNews {
	/** Ended, but not reported yet; each is returned again until it is marked as done. */
	ended: Conversation[];
	/** Known to have been open for a day. */
	overdue: Conversation[];
	/** Why not everything was read, if the user needs to know. */
	refused?: CallError;
}

/**
 * Follows a project's list of conversations, so that each ended one is found once. A conversation
 * enters the list when it starts, ends later, and may appear late. So the last hour is always read
 * again, and a conversation that was open is checked until it has ended. If a poll runs out of
 * time, the next one continues with the same page.
 */
export class ConversationFeed {
	private window?: Page;
	/** Polls in a row that couldn't read the list. */
	private failures = 0;

	constructor(readonly memory: FeedMemory) {}

	/** What another main process of this n8n, or this one before a restart, has saved. */
	catchUpWith(saved: SavedFeed): void {
		if (this.memory.catchUpWith(saved)) this.window = undefined;
	}

	async read(reading: FeedReading): Promise<FeedNews> {
		const { memory } = this;
		const seen = new Map<string, Conversation>();
		const now = reading.now();
		memory.until = Math.max(memory.until, now - LONGEST_STAY_MS);
		let failure = await this.readWindows(reading, now, seen);
		failure ??= await this.readOpen(reading, seen);
		const isOverdue = ({ callSid }: Conversation) => {
			return now - (memory.open.get(callSid) ?? now) > OLDEST_OPEN_CALL_MS;
		};
		const all = [...seen.values()];
		const isWorthSaying = !failure?.mayPass || this.failures >= PATIENCE;
		return {
			ended: all.filter(({ status }) => status !== 'calling'),
			overdue: all.filter((one) => one.status === 'calling' && isOverdue(one)),
			refused: isWorthSaying ? failure?.error : undefined,
		};
	}

	/** From where it left off until now. */
	private async readWindows(
		reading: FeedReading,
		now: number,
		seen: Map<string, Conversation>,
	): Promise<ReadFailure | undefined> {
		do {
			this.window ??= this.nextWindow(now);
			const { window } = this;
			const reply = await reading.list(window);
			if ('error' in reply) return this.failed(reply, window);
			this.failures = 0;
			for (const { conversation } of reply.value.found) {
				if (this.memory.saw(conversation, window)) seen.set(conversation.callSid, conversation);
			}
			const { cursor } = reply.value;
			this.window = cursor === undefined ? undefined : { ...window, cursor };
			if (cursor === undefined) this.memory.readUntil(window.to);
		} while (reading.goesOn() && (this.window || this.memory.until < now));
		return undefined;
	}

	/** A cursor may be too old: then it starts over, and knows what it has already read. */
	private failed(failure: ReadFailure, { cursor }: Page): ReadFailure {
		this.failures++;
		const isCursorToBlame = cursor !== undefined && !failure.mayPass;
		if (isCursorToBlame || this.failures >= PATIENCE) this.window = undefined;
		return isCursorToBlame ? { ...failure, mayPass: true } : failure;
	}

	private nextWindow(now: number): Page {
		const { until, isNew } = this.memory;
		const to = Math.max(until, Math.min(now, until + LONGEST_WINDOW_MS));
		return { from: until - (isNew ? OLDEST_OPEN_CALL_MS : LATEST_ARRIVAL_MS), to };
	}

	/** Those that started before the window, by their start time. One that is gone hasn't ended. */
	private async readOpen(
		reading: FeedReading,
		seen: Map<string, Conversation>,
	): Promise<ReadFailure | undefined> {
		const old = [...this.memory.open].filter(([callSid]) => !seen.has(callSid));
		let failure: ReadFailure | undefined;
		const step = async (index: number) => {
			const [callSid, start] = old[index] as [string, number];
			const found = await findListed(reading.list, callSid, start);
			if ('error' in found) failure ??= found;
			else seen.set(callSid, found.value ?? { callSid, status: 'calling' });
		};
		const goesOn = () => !failure && reading.goesOn();
		await forEachConcurrently(old.length, reading.concurrency, step, goesOn);
		return failure;
	}
}

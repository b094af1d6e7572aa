import { isRecord } from '../../isRecord';
import { HOUR_MS } from '../../tracking/bounds';
import type { Conversation } from './conversation';

/** How long after its start a conversation may appear in PolyAI's list. */
export const LATEST_ARRIVAL_MS = HOUR_MS;

/** Clocks and roundings differ by less. */
export const MARGIN_MS = 60_000;

/** As saved in n8n's static data; all times are milliseconds since 1970. */
export interface SavedFeed {
	/** Whose list it is. */
	feed: string;
	/** What started before this has been read, unless it appears late. */
	until: number;
	/** Only until the list has been read once: what ended before this is left out. */
	since?: number;
	/** Start times by call SID: seen, but not done yet. */
	open: Record<string, number>;
	/** Start times by call SID: reported, or not to be reported. */
	done: Record<string, number>;
}

/** What is remembered of a project's list from one poll to the next, and across a restart. */
export class FeedMemory {
	private constructor(
		readonly feed: string,
		public until: number,
		private since: number | undefined,
		public open: Map<string, number>,
		private readonly done: Map<string, number>,
	) {}

	/**
	 * For a list of which only what ends after `since` matters.
	 *
	 * @param before what was remembered of it
	 */
	static startingAt(feed: string, since: number, before?: FeedMemory): FeedMemory {
		return new FeedMemory(feed, since, since, new Map(), new Map(before?.done));
	}

	static restore({ feed, until, since, open, done }: SavedFeed): FeedMemory {
		const [openCalls, doneCalls] = [new Map(Object.entries(open)), new Map(Object.entries(done))];
		return new FeedMemory(feed, until, since, openCalls, doneCalls);
	}

	/**
	 * The list has never been read to its end: it may contain calls that started long ago and are
	 * still going on.
	 */
	get isNew(): boolean {
		return this.since !== undefined;
	}

	/** Takes over what another process knows better; true if it has read further than this one. */
	catchUpWith(saved: SavedFeed): boolean {
		for (const [callSid, start] of Object.entries(saved.done)) this.markDone(callSid, start);
		if (saved.until <= this.until) return false;
		this.until = saved.until;
		this.since = saved.since;
		this.open = new Map(Object.entries(saved.open));
		return true;
	}

	/**
	 * @param window the stretch of time that was asked for; what came before it is done
	 *
	 * @returns whether the conversation still has to be handled
	 */
	saw(one: Conversation, { from, to }: { from: number; to: number }): boolean {
		const { callSid, startedAt } = one;
		const start = startedAt === undefined ? to : Date.parse(startedAt);
		const known = [this.done, this.open].find((calls) => calls.has(callSid));
		if (!known && start < from - MARGIN_MS) return false;
		const calls = known ?? (this.isOfOld(one) ? this.done : this.open);
		// What started later than it said is listed for longer.
		calls.set(callSid, Math.max(start, known?.get(callSid) ?? start));
		return calls === this.open;
	}

	/** Ended before it mattered to anyone. */
	private isOfOld({ status, finishedAt }: Conversation): boolean {
		if (this.since === undefined || status === 'calling') return false;
		return !(Date.parse(finishedAt ?? '') > this.since);
	}

	/** Everything that started before this has been seen. */
	readUntil(time: number): void {
		this.until = time;
		this.since = undefined;
		const oldest = time - LATEST_ARRIVAL_MS - MARGIN_MS;
		for (const [callSid, start] of this.done) if (start < oldest) this.done.delete(callSid);
	}

	markDone(callSid: string, start = this.open.get(callSid) ?? this.until): void {
		this.open.delete(callSid);
		this.done.set(callSid, start);
	}

	/** A copy, because static data is written later than it's assigned. */
	save(): SavedFeed {
		const { feed, until, since, open, done } = this;
		return {
			feed,
			until,
			...(since !== undefined && { since }),
			open: Object.fromEntries(open),
			done: Object.fromEntries(done),
		};
	}
}

/** Undefined for static data that someone else has written. */
export function readSavedFeed(saved: unknown): SavedFeed | undefined {
	if (!isRecord(saved) || typeof saved.feed !== 'string') return undefined;
	const { feed, until, since, open, done } = saved;
	if (typeof until !== 'number' || !areTimes(open) || !areTimes(done)) return undefined;
	return { feed, until, ...(typeof since === 'number' && { since }), open, done };
}

function areTimes(value: unknown): value is Record<string, number> {
	return isRecord(value) && Object.values(value).every((time) => typeof time === 'number');
}

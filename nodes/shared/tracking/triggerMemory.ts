import { LogWatch } from '../callLog/logWatch';
import { ConversationFeed } from '../polyai/conversations/conversationFeed';
import { FeedMemory, MARGIN_MS, readSavedFeed } from '../polyai/conversations/feedMemory';
import { isRecord } from '../isRecord';
import { withoutAbsent } from '../withoutAbsent';
import { HOUR_MS, LOOKED_BACK_MS } from './bounds';
import { AdaptiveConcurrency } from './adaptiveConcurrency';
import { ReportedSids } from './reportedSids';
import { RETENTION_MS, PollSchedule } from './pollSchedule';
import type { TrackedCall } from './trackedCall';

/** What one trigger knows, whatever its source. All times are milliseconds since 1970. */
export class TriggerMemory {
	readonly reported = new ReportedSids();
	/** For the calls that only this trigger knows. */
	readonly schedule = new PollSchedule();
	readonly concurrency = new AdaptiveConcurrency();
	/** For calls in a call log. */
	readonly log = new LogWatch();
	/** For outbound conversations. */
	feed?: ConversationFeed;
	/** Whose calls it reports. */
	account?: string;
	/** How often that has changed: of several copies the one that counts more is right, whatever a clock said. */
	private changes = 0;
	/** Former accounts: this trigger still reports their calls placed up to this time. */
	private readonly former = new Map<string, number>();
	/** Its last poll, in this process or an earlier one. */
	polledAt?: number;
	/**
	 * What ended before doesn't matter to it; undefined for a trigger that was there before all
	 * calls.
	 */
	since?: number;
	/** Whether it has polled in this process. */
	isHere = false;
	isPolling = false;

	constructor(
		readonly workflowId: string,
		readonly nodeId: string,
	) {}

	/** A person has published the workflow. @param wasOff and not only changed it */
	published(wasOff: boolean, now: number): void {
		if (this.polledAt === undefined) this.since = now - MARGIN_MS;
		else if (wasOff) this.since = Math.max(this.since ?? 0, now - LOOKED_BACK_MS);
	}

	/**
	 * If its credential is changed, it still reports the calls of the old one; nodes may be changed
	 * later.
	 */
	polls(account: string, now: number): void {
		if (this.account !== undefined && this.account !== account) {
			this.leftAt(this.account, now + HOUR_MS);
			this.changes++;
		}
		this.account = account;
		this.polledAt = now;
		this.isHere = true;
	}

	/** Whether it has yet to report a call when that has ended. */
	awaits({ callSid, account, triggeredAt, end }: TrackedCall): boolean {
		const isIts = account === this.account || triggeredAt <= (this.former.get(account) ?? 0);
		if (!isIts || this.reported.has(callSid)) return false;
		if (!end || this.since === undefined) return true;
		return end.finishedAt - (end.isForgotten ? RETENTION_MS : 0) > this.since;
	}

	/** Takes over what it saved in an earlier process, or in another one. */
	catchUpWith(saved: unknown): void {
		if (!isRecord(saved)) return;
		const { reported, account, changes, former, polledAt, since } = saved;
		this.reported.restore(reported);
		const mine = this.account === undefined ? -1 : this.changes;
		const isNewer = typeof changes === 'number' && changes > mine;
		if (isNewer && typeof account === 'string') Object.assign(this, { account, changes });
		if (typeof polledAt === 'number') this.polledAt = Math.max(polledAt, this.polledAt ?? 0);
		for (const [before, until] of Object.entries(isRecord(former) ? former : {})) {
			if (typeof until === 'number') this.leftAt(before, until);
		}
		if (typeof since === 'number') this.since = Math.max(this.since ?? 0, since);
		const feed = readSavedFeed(saved.feed);
		if (!feed) return;
		if (this.feed?.memory.feed === feed.feed) this.feed.catchUpWith(feed);
		else this.feed ??= new ConversationFeed(FeedMemory.restore(feed));
	}

	/** Of several copies, the one with the latest time is right. */
	private leftAt(account: string, until: number): void {
		this.former.set(account, Math.max(until, this.former.get(account) ?? 0));
	}

	/** Plain, as n8n saves it; unchanged by polls in which nothing has happened. */
	save(): object {
		const { account, changes, former, polledAt, since, feed } = this;
		const hour = polledAt && Math.floor(polledAt / HOUR_MS) * HOUR_MS;
		const before = former.size > 0 ? Object.fromEntries(former) : undefined;
		const reported = this.reported.toJSON();
		const plain = { reported, account, changes, former: before, polledAt: hour, since };
		return withoutAbsent({ ...plain, feed: feed?.memory.save() });
	}
}

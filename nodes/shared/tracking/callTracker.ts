import { isFinal } from '../polyai/callStatus';
import type { CallState } from '../polyai/generations/generation';
import { nextLookAt, OLDEST_OPEN_CALL_MS } from './lookSchedule';
import type { CallEnd, TrackedCall } from './trackedCall';

/** What the snapshot in static data can hold in less than a megabyte. */
export const MOST_TRACKED_CALLS = 10_000;

/** Calls that no trigger asked for in a week are of no interest to anybody. */
const LONGEST_STAY_MS = 7 * OLDEST_OPEN_CALL_MS;

/**
 * For so long after its start a process keeps what was reported, since a trigger that an earlier process
 * knew may poll late: n8n's durable scheduler holds up a poll that a kill has cut for 90 seconds.
 */
const LATEST_FIRST_POLL_MS = 5 * 60_000;

interface Entry {
	call: TrackedCall;
	lastLook?: number;
	/** Triggers that have reported its end. */
	reportedTo: Set<string>;
}

/**
 * All calls of this process that a trigger may still have to report: the truth, of which the
 * snapshots in static data are copies (design § 4).
 */
export class CallTracker {
	private readonly entries = new Map<string, Entry>();
	private readonly restored = new Set<string>();
	/** By account, to have something to show for a test. */
	private readonly lastEnded = new Map<string, TrackedCall>();
	/** By trigger, the account whose calls it reports. */
	private readonly triggers = new Map<string, string>();
	/** Milliseconds since 1970 at which the process first asked for its calls. */
	private startedAt?: number;

	/**
	 * @param now milliseconds since 1970
	 * @returns how many of the oldest calls had to be given up to make room
	 */
	add(call: TrackedCall, now: number): number {
		if (this.entries.has(call.callSid)) return 0;
		this.entries.set(call.callSid, { call, reportedTo: new Set() });
		let shed = 0;
		for (const [callSid, { call: oldest }] of this.entries) {
			const isForgotten = now - oldest.triggeredAt > LONGEST_STAY_MS;
			const isTooMany = this.entries.size > MOST_TRACKED_CALLS;
			if (!isForgotten && !isTooMany) break;
			this.entries.delete(callSid);
			if (!isForgotten) shed++;
		}
		return shed;
	}

	/**
	 * Takes in what an earlier process knew of a workflow. Only the first time: from then on this
	 * process knows better.
	 */
	restore(workflowId: string, calls: () => TrackedCall[], now: number): void {
		this.startedAt ??= now;
		if (this.restored.has(workflowId)) return;
		this.restored.add(workflowId);
		for (const call of calls()) this.add(call, now);
	}

	/** The calls that a workflow has placed and that are still to be reported. */
	callsOf(workflowId: string): TrackedCall[] {
		return [...this.entries.values()]
			.filter((entry) => entry.call.workflowId === workflowId && !this.isReportedToAll(entry))
			.map(({ call }) => call);
	}

	/** Whether a trigger of this process reports the calls of an account. */
	isAwaited(account: string): boolean {
		return [...this.triggers.values()].includes(account);
	}

	find(callSid: string): TrackedCall | undefined {
		return this.entries.get(callSid)?.call;
	}

	/** Somebody saw where a call stands; a final status is kept until it was reported. */
	saw(callSid: string, state: CallState, now: number): void {
		const entry = this.entries.get(callSid);
		if (!entry) return;
		entry.lastLook = now;
		const { status, reason } = state;
		if (!isFinal(status)) return;
		this.endAs(callSid, { status: status as 'success' | 'failure', reason, finishedAt: now });
	}

	/** A look that told nothing: the call goes to the end of the line. */
	sawNothing(callSid: string, now: number): void {
		const entry = this.entries.get(callSid);
		if (entry) entry.lastLook = now;
	}

	endAs(callSid: string, end: CallEnd): void {
		const call = this.find(callSid);
		if (!call || call.end) return;
		call.end = end;
		this.lastEnded.set(call.account, call);
	}

	/** The call whose end was seen last, reported or not. */
	latestEnd(account: string): TrackedCall | undefined {
		return this.lastEnded.get(account);
	}

	/** Open calls that are to be looked at, the one that has waited longest first. */
	due(account: string, now: number): TrackedCall[] {
		return [...this.entries.values()]
			.filter(({ call }) => call.account === account && !call.end)
			.map(({ call, lastLook }) => ({ call, at: nextLookAt(call, lastLook) }))
			.filter(({ at }) => at <= now)
			.sort((a, b) => a.at - b.at)
			.map(({ call }) => call);
	}

	/**
	 * Makes a trigger known: ended calls are kept until it has reported them. What others reported
	 * before it came is the past, unless an earlier process knew the trigger and this one has just started.
	 *
	 * @param reported call SIDs that it is known to have reported in an earlier process
	 */
	join(trigger: string, account: string, reported: readonly string[], now: number): void {
		const isNew = this.triggers.get(trigger) !== account;
		this.triggers.set(trigger, account);
		const wasKnownBefore = reported.length > 0 && this.hasJustStarted(now);
		if (isNew && !wasKnownBefore) {
			for (const entry of this.of(account))
				if (entry.reportedTo.size > 0) entry.reportedTo.add(trigger);
		}
		for (const callSid of reported) this.entries.get(callSid)?.reportedTo.add(trigger);
	}

	/** Calls that have ended and that this trigger has not reported yet, in the order of their ends. */
	toReport(trigger: string, account: string): TrackedCall[] {
		return this.of(account)
			.filter(({ call, reportedTo }) => call.end && !reportedTo.has(trigger))
			.map(({ call }) => call)
			.sort((a, b) => (a.end?.finishedAt ?? 0) - (b.end?.finishedAt ?? 0));
	}

	/** The trigger has reported these calls. They are dropped when nobody waits for them any more. */
	reported(trigger: string, calls: readonly TrackedCall[], now: number): void {
		for (const { callSid } of calls) this.entries.get(callSid)?.reportedTo.add(trigger);
		if (this.hasJustStarted(now)) return;
		for (const [callSid, entry] of this.entries) {
			if (this.isReportedToAll(entry)) this.entries.delete(callSid);
		}
	}

	private hasJustStarted(now: number): boolean {
		return this.startedAt !== undefined && now - this.startedAt < LATEST_FIRST_POLL_MS;
	}

	/** As far as this process knows the triggers yet. */
	private isReportedToAll({ call, reportedTo }: Entry): boolean {
		if (reportedTo.size === 0) return false;
		for (const [trigger, account] of this.triggers) {
			if (account === call.account && !reportedTo.has(trigger)) return false;
		}
		return true;
	}

	private of(account: string): Entry[] {
		return [...this.entries.values()].filter(({ call }) => call.account === account);
	}
}

/** The one tracker of this n8n process, shared by all nodes of the package. */
export const callTracker = new CallTracker();

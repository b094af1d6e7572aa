import { isRecord } from '../isRecord';
import type { CallState } from '../polyai/versions/apiVersion';
import type { StatusResult } from '../polyai/readStatus';
import { BoundedCalls } from './boundedCalls';
import { LONGEST_ABSENCE_MS, LONGEST_STAY_MS } from './bounds';
import { readCalls, sizeOf, writeCalls } from './savedCalls';
import { TriggerMemory } from './triggerMemory';
import type { CallEnd, EndedCall, TrackedCall } from './trackedCall';
import { endFrom, PollSchedule } from './pollSchedule';

/**
 * The one memory of this n8n process: calls that are open, calls that have ended, and what each
 * trigger has reported of them. What is saved in static data is a copy of it (docs/design.md § 4).
 */
export class CallTracker {
	private readonly calls = new BoundedCalls();
	private readonly schedule = new PollSchedule();
	private readonly triggers = new Map<string, TriggerMemory>();
	/** Workflows whose calls from an earlier process have been restored. */
	private readonly restored = new Set<string>();
	/** Calls of an earlier process that may or may not have seen their ends. */
	private readonly doubtful = new Set<string>();

	/**
	 * @param now milliseconds since 1970
	 * @returns how many calls that a trigger waits for had to be dropped to make room
	 */
	add(call: TrackedCall, now: number): number {
		if (this.find(call.callSid)) return 0;
		const { outdated, crowdedOut } = this.calls.add(call, now);
		for (const { callSid } of [...outdated, ...crowdedOut]) {
			this.doubtful.delete(callSid);
			this.schedule.forget(callSid);
		}
		return crowdedOut.filter((one) => this.isPending(one, now)).length;
	}

	find(callSid: string): TrackedCall | undefined {
		return this.calls.find(callSid);
	}

	/** The memory of a trigger, created on first use. */
	trigger(workflowId: string, nodeId: string): TriggerMemory {
		const key = `${workflowId} ${nodeId}`;
		const memory = this.triggers.get(key) ?? new TriggerMemory(workflowId, nodeId);
		this.triggers.set(key, memory);
		return memory;
	}

	/** Whether a trigger of this process reports the calls of an account. */
	isAwaited(account: string, now: number): boolean {
		return this.switchedOn(now).some((one) => one.isHere && one.account === account);
	}

	/**
	 * Open calls whose statuses a trigger has to read, the one that has waited longest first. Calls
	 * of its former credential are read with the new one, unless another trigger still has the old
	 * one.
	 */
	due(trigger: TriggerMemory, now: number): TrackedCall[] {
		const calls = this.calls.all().filter((call) => {
			if (call.end) return false;
			if (call.account === trigger.account) return true;
			return trigger.awaits(call) && !this.isAwaited(call.account, now);
		});
		return this.schedule.due(calls, now);
	}

	applyStatus(call: TrackedCall, result: StatusResult, now: number): void {
		if (call.end) return;
		if ('state' in result) this.doubtful.delete(call.callSid);
		const end = this.schedule.applyStatus(call, result, now);
		if (end) this.endAs(call, end);
	}

	/** A node that waits for a call has read its status. */
	saw(callSid: string, state: CallState, now: number): void {
		const call = this.find(callSid);
		const end = call && !call.end ? endFrom(call, state, now) : undefined;
		if (call && end) this.endAs(call, end);
	}

	/** Ended calls that a trigger hasn't reported yet, in the order in which they ended. */
	toReport(trigger: TriggerMemory): EndedCall[] {
		return this.calls
			.all()
			.filter((call): call is EndedCall => call.end !== undefined && trigger.awaits(call))
			.sort((a, b) => a.end.finishedAt - b.end.finishedAt);
	}

	/** Whether a call's result may have been read before n8n was restarted, and is gone now. */
	isDoubtful({ callSid, end }: EndedCall): boolean {
		return end.status === 'unavailable' && this.doubtful.has(callSid);
	}

	/** How many bytes a workflow's calls take up when saved. */
	bytesOf(workflowId: string, now: number): number {
		return this.pendingOf(workflowId, now).reduce((sum, call) => sum + sizeOf(call), 0);
	}

	/** What to keep of a workflow across a restart, as plain objects. */
	save(workflowId: string, now: number): object {
		const triggers = [...this.triggers.values()]
			.filter((one) => one.workflowId === workflowId)
			.filter(({ polledAt = 0 }) => now - polledAt < LONGEST_STAY_MS)
			.map((one) => [one.nodeId, one.save()] as const);
		return {
			calls: writeCalls(this.pendingOf(workflowId, now)),
			triggers: Object.fromEntries(triggers),
		};
	}

	/**
	 * Restores what was saved of a workflow: its calls only the first time, because from then on this
	 * process knows better.
	 */
	restore(workflowId: string, saved: unknown, now: number): void {
		const { calls, triggers } = isRecord(saved) ? saved : {};
		for (const [nodeId, memory] of Object.entries(isRecord(triggers) ? triggers : {})) {
			this.trigger(workflowId, nodeId).catchUpWith(memory);
		}
		if (this.restored.has(workflowId)) return;
		this.restored.add(workflowId);
		for (const call of readCalls(calls, workflowId)) {
			if (now - call.triggeredAt > LONGEST_STAY_MS || this.find(call.callSid)) continue;
			if (!call.end) this.doubtful.add(call.callSid);
			this.add(call, now);
		}
	}

	private endAs(call: TrackedCall, end: CallEnd): void {
		call.end = end;
		this.schedule.forget(call.callSid);
	}

	private pendingOf(workflowId: string, now: number): TrackedCall[] {
		return this.calls.all().filter((call) => {
			return call.workflowId === workflowId && this.isPending(call, now);
		});
	}

	/** Whether a trigger still has to report a call. */
	private isPending(call: TrackedCall, now: number): boolean {
		return this.switchedOn(now).some((trigger) => trigger.awaits(call));
	}

	/** Triggers that don't seem to have been turned off. */
	private switchedOn(now: number): TriggerMemory[] {
		return [...this.triggers.values()].filter(({ polledAt = 0 }) => {
			return now - polledAt < LONGEST_ABSENCE_MS;
		});
	}
}

/** The one tracker of this n8n process, shared by all nodes of the package. */
export const callTracker = new CallTracker();

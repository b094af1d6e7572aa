import { LONGEST_STAY_MS, MOST_TRACKED_BYTES, MOST_TRACKED_CALLS } from './bounds';
import { sizeOf } from './savedCalls';
import type { TrackedCall } from './trackedCall';

/** As many calls as fit into memory, in the order in which they were placed. */
export class BoundedCalls {
	private readonly calls = new Map<string, TrackedCall>();
	private bytes = 0;

	find(callSid: string): TrackedCall | undefined {
		return this.calls.get(callSid);
	}

	all(): TrackedCall[] {
		return [...this.calls.values()];
	}

	/**
	 * @param now milliseconds since 1970
	 * @returns the calls that are gone: those of days ago, and those that had to make room
	 */
	add(call: TrackedCall, now: number): { outdated: TrackedCall[]; crowdedOut: TrackedCall[] } {
		this.calls.set(call.callSid, call);
		this.bytes += sizeOf(call);
		const outdated: TrackedCall[] = [];
		for (const oldest of this.calls.values()) {
			if (now - oldest.triggeredAt <= LONGEST_STAY_MS) break;
			this.drop(oldest);
			outdated.push(oldest);
		}
		const crowdedOut: TrackedCall[] = [];
		while (this.calls.size > MOST_TRACKED_CALLS || this.bytes > MOST_TRACKED_BYTES) {
			const oldest = this.oldestBut(call);
			if (!oldest) break;
			this.drop(oldest);
			crowdedOut.push(oldest);
		}
		return { outdated, crowdedOut };
	}

	/** Calls that have ended make room first. */
	private oldestBut(newest: TrackedCall): TrackedCall | undefined {
		let oldest: TrackedCall | undefined;
		for (const call of this.calls.values()) {
			if (call.end) return call;
			if (call !== newest) oldest ??= call;
		}
		return oldest;
	}

	private drop(call: TrackedCall): void {
		this.calls.delete(call.callSid);
		this.bytes -= sizeOf(call);
	}
}

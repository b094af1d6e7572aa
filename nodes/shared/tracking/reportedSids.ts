import { isRecord } from '../isRecord';

const DAY_MS = 24 * 60 * 60_000;

/** Longer than any snapshot of another workflow may bring a call back. */
const LONGEST_MEMORY_MS = 7 * DAY_MS;
/** About 300 kB of static data. */
const MOST_SIDS = 5000;

/**
 * The calls that one trigger has reported, as far as somebody might still bring them back: calls of
 * other workflows, and those that another trigger has yet to report.
 */
export class ReportedSids {
	/** By call SID, milliseconds since 1970 of the report. */
	private readonly times = new Map<string, number>();

	restore(saved: unknown): void {
		if (!isRecord(saved)) return;
		for (const [callSid, time] of Object.entries(saved)) {
			if (typeof time === 'number' && !this.times.has(callSid)) this.times.set(callSid, time);
		}
	}

	add(callSid: string, now: number): void {
		this.times.set(callSid, now);
		for (const [oldest, time] of this.times) {
			if (this.times.size <= MOST_SIDS && now - time <= LONGEST_MEMORY_MS) break;
			this.times.delete(oldest);
		}
	}

	has(callSid: string): boolean {
		return this.times.has(callSid);
	}

	callSids(): string[] {
		return [...this.times.keys()];
	}

	/** Static data is written later than it is assigned: always the state of that moment. */
	toJSON(): Record<string, number> {
		return Object.fromEntries(this.times);
	}
}

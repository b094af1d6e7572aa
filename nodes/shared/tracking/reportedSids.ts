import { isRecord } from '../isRecord';
import { LONGEST_STAY_MS, MOST_TRACKED_CALLS } from './bounds';

/** The calls that one trigger has reported, as long as they might still come back. */
export class ReportedSids {
	/** By call SID, milliseconds since 1970 of the report; the oldest first. */
	private times = new Map<string, number>();

	/** What this trigger has reported in an earlier process, or in another one. */
	restore(saved: unknown): void {
		if (!isRecord(saved)) return;
		const news = Object.entries(saved).filter(
			(entry): entry is [string, number] =>
				typeof entry[1] === 'number' && !this.times.has(entry[0]),
		);
		if (news.length === 0) return;
		this.times = new Map([...this.times, ...news].sort(([, a], [, b]) => a - b));
	}

	add(callSid: string, now: number): void {
		this.times.delete(callSid);
		this.times.set(callSid, now);
		for (const [oldest, time] of this.times) {
			if (this.times.size <= MOST_TRACKED_CALLS && now - time <= LONGEST_STAY_MS) break;
			this.times.delete(oldest);
		}
	}

	has(callSid: string): boolean {
		return this.times.has(callSid);
	}

	toJSON(): Record<string, number> {
		return Object.fromEntries(this.times);
	}
}

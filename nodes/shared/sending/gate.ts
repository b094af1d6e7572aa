import type { HttpAnswer } from '../http/transport';
import type { Clock } from '../time/clock';

/**
 * What all requests of one run pass through: the pace that the user set, and the pause that
 * PolyAI's 429 asks of everybody (design § 3.4).
 */
export class Gate {
	private nextSlot = 0;
	private pausedUntil = 0;
	private refused?: { answer: HttpAnswer; until: number };

	/** @param perMinute calls let through in a minute; 0 means no pace */
	constructor(
		private readonly clock: Clock,
		private readonly perMinute: number,
		private readonly signal?: AbortSignal,
	) {}

	/** Waits until a call may be placed. False when the run was stopped meanwhile: do not send. */
	async turnToCall(): Promise<boolean> {
		for (;;) {
			const slot = this.takeSlot();
			if (!(await this.openAt(slot))) return false;
			// After a pause that came meanwhile all who waited would rush out together.
			if (slot >= this.pausedUntil) return true;
		}
	}

	/** The same for a request that reads, which the pace does not concern. */
	async turnToRead(): Promise<boolean> {
		for (;;) {
			const end = this.pausedUntil;
			if (!(await this.openAt(end))) return false;
			if (end >= this.pausedUntil) return true;
		}
	}

	/** Lets nobody through for `ms` milliseconds. */
	pause(ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + ms);
	}

	/** What nobody can wait for: until then everybody gets this answer, and nothing is sent. */
	refuse(answer: HttpAnswer, ms: number): void {
		this.refused = { answer, until: this.clock.now() + ms };
	}

	get refusal(): HttpAnswer | undefined {
		return this.refused && this.clock.now() < this.refused.until ? this.refused.answer : undefined;
	}

	private async openAt(time: number): Promise<boolean> {
		for (;;) {
			if (this.signal?.aborted) return false;
			const wait = time - this.clock.now();
			if (wait <= 0) return true;
			await this.clock.sleep(wait, this.signal);
		}
	}

	private takeSlot(): number {
		const first = Math.max(this.clock.now(), this.pausedUntil);
		if (this.perMinute <= 0) return first;
		const slot = Math.max(first, this.nextSlot);
		this.nextSlot = slot + 60_000 / this.perMinute;
		return slot;
	}
}

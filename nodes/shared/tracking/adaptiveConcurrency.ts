/** Requests in flight at once: where it starts, and how far it goes. */
const USUAL = 10;
export const MOST_IN_FLIGHT = 50;

/** One more request after this many answers. */
const ANSWERS_PER_STEP = 10;

/** How many requests PolyAI accepts at once: more while it answers, half after a 429. */
export class AdaptiveConcurrency {
	private most = USUAL;
	private answers = 0;

	get now(): number {
		return this.most;
	}

	answered(): void {
		this.answers = (this.answers + 1) % ANSWERS_PER_STEP;
		if (this.answers === 0) this.most = Math.min(MOST_IN_FLIGHT, this.most + 1);
	}

	limited(): void {
		this.most = Math.max(1, Math.floor(this.most / 2));
	}
}

import type { Played } from './play.mts';

/** What happened in how many stories: they are worth something only if all of it happens in many. */
export class Tally {
	readonly #times: Record<string, number> = {};
	#stories = 0;

	count(played: Played): void {
		this.#stories++;
		for (const [what, happened] of Object.entries(eventsOf(played))) {
			this.#times[what] = (this.#times[what] ?? 0) + (happened ? 1 : 0);
		}
	}

	expectEverythingOften(): void {
		for (const [what, times] of Object.entries(this.#times)) {
			expect([what, times > this.#stories / 20]).toEqual([what, true]);
		}
	}
}

function eventsOf({ given, polyAi, processes, lives, runs }: Played): Record<string, boolean> {
	const sids = runs.flatMap(({ network }) => network.sids);
	const ids = lives.map(({ execution }) => execution.id);
	return {
		killed: processes.some(({ state }) => state === 'killed'),
		stalled: processes.some(({ blow, struckAt }) => blow?.kind === 'stalled' && struckAt > 0),
		failed: lives.some(({ ending }) => ending === 'failed'),
		stopped: lives.some(({ ending }) => ending === 'stopped'),
		retried: lives.some(({ execution }) => execution.isRetry),
		'run by a second worker': new Set(ids).size < ids.length,
		'an answer was lost': polyAi.dials.length > sids.length,
		'an agent asked': lives.some(({ execution }) => execution.plan.work.kind === 'agent'),
		'a loop': lives.some(({ execution }) => execution.plan.work.rounds.length > 1),
		parallel: given.executions.length > 1,
	};
}

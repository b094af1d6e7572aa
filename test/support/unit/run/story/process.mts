import { setImmediate as breath } from 'node:timers/promises';
import type { CallPace } from '../../../../../nodes/shared/http/rateLimiter.ts';
import { toResult } from '../../../../../nodes/shared/toResult.ts';
import type { Clock } from '../../../../../nodes/shared/time/clock.ts';

export interface Blow {
	kind: 'killed' | 'stalled';
	/** The point of its life at which it ends. */
	at: number;
}

/**
 * One process of n8n. Whatever it waits for outside itself is a step, and it can be killed or
 * stalled before each step and after it: nothing more of what runs in it happens from then on.
 */
export class Process {
	/** Resolves when it is killed or stalled. */
	readonly isStruck: Promise<void>;
	/** How many points of its life have passed. */
	points = 0;
	state: 'running' | 'killed' | 'stalled' = 'running';
	/** Milliseconds since 1970 */
	struckAt = 0;
	/** PolyAI has answered it, and no call's outcome has become unknown since then. */
	isSureOfPolyAi = false;
	/** "Calls per Minute" holds for all executions together. */
	readonly pace: CallPace = { lastCallAt: -Infinity };
	#strike = () => {};
	#wakings: Array<() => void> = [];

	/** @param name what its memory is told apart by from that of others: the modules are the same */
	constructor(
		readonly name: string,
		readonly clock: Clock,
		readonly blow?: Blow,
	) {
		this.isStruck = new Promise((resolve) => (this.#strike = resolve));
	}

	/** Waits for something outside; never comes back to a process that was killed in the meantime. */
	async step<Value>(work: () => Promise<Value>): Promise<Value> {
		await this.#pass();
		const result = await toResult(work);
		await this.#pass();
		return 'value' in result ? result.value : await Promise.reject(result.error);
	}

	/**
	 * The same at n8n's database, which isn't to be busy for two processes at once: no one stalls
	 * here.
	 */
	async indivisibleStep<Value>(work: () => Promise<Value>): Promise<Value> {
		return this.blow?.kind === 'stalled' ? await work() : await this.step(work);
	}

	/** The clock as this process sees it. */
	readonly ownClock: Clock = {
		now: () => this.clock.now(),
		sleep: async (ms, signal) => await this.step(async () => await this.clock.sleep(ms, signal)),
	};

	/** A stalled process continues where it was; what it waited for arrives one after the other. */
	async resume(): Promise<void> {
		if (this.state !== 'stalled') return;
		this.state = 'running';
		for (const wake of this.#wakings) {
			wake();
			await breath();
		}
	}

	async #pass(): Promise<void> {
		if (this.points++ === this.blow?.at) {
			this.state = this.blow.kind;
			this.struckAt = this.clock.now();
			this.#strike();
		}
		if (this.state === 'killed') await new Promise<never>(() => {});
		if (this.state === 'stalled') await new Promise<void>((wake) => this.#wakings.push(wake));
	}
}

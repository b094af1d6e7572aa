import * as fc from 'fast-check';
import { ConversationFeed } from '../../../nodes/shared/polyai/conversations/conversationFeed.ts';
import {
	FeedMemory,
	LATEST_ARRIVAL_MS,
	readSavedFeed,
} from '../../../nodes/shared/polyai/conversations/feedMemory.ts';
import { ListedConversations } from '../../support/unit/conversations/listedConversations.mts';

const START = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;
const FEED = 'project';

const anyProcess = fc.constantFrom(0 as const, 1 as const);

/** What may happen, in any order. */
const step = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			kind: fc.constant('call' as const),
			minutes: fc.constantFrom(0, 1, 7, 59, 200, 700),
			/** Until the list has it. */
			late: fc.constantFrom(0, 0, 1, 30, 59),
		}),
	},
	{
		weight: 8,
		arbitrary: fc.record({
			kind: fc.constant('poll' as const),
			process: anyProcess,
			/** Requests for which there is time. */
			time: fc.nat({ max: 6 }),
			failsAt: fc.constantFrom(Infinity, Infinity, 0, 1, 2),
		}),
	},
	fc.record({ kind: fc.constant('restart' as const), process: anyProcess }),
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('clock' as const),
			minutes: fc.constantFrom(-2, 0.01, 1, 5, 40, 61, 500, 3000),
		}),
	},
);

/** Two main processes of an n8n that lead in turns, what is saved, and the truth. */
class World {
	readonly polyAi = new ListedConversations(START);
	readonly reports: string[] = [];
	readonly #processes: [ConversationFeed?, ConversationFeed?] = [];
	#saved = 'null';
	/** What ended before this ended before anybody listened. */
	#since = START;

	constructor() {
		this.call(-30, 20, 0);
		this.call(-20, 45, 0);
	}

	/** Not more than six days: what is older than a week is given up. */
	pass(minutes: number): void {
		const then = this.polyAi.now + minutes * MINUTE;
		if (then - START < 6 * 24 * 60 * MINUTE) this.polyAi.now = then;
	}

	call(inMinutes: number, minutes: number, late: number): void {
		const { calls, now } = this.polyAi;
		const start = now + inMinutes * MINUTE;
		const end = start + minutes * MINUTE;
		calls.push({ callSid: `SID-${calls.length}`, start, end, listedAt: start + late * MINUTE });
	}

	async poll(index: 0 | 1, time: number, failsAt = Infinity): Promise<void> {
		const { polyAi } = this;
		const saved = readSavedFeed(JSON.parse(this.#saved));
		const feed = (this.#processes[index] ??= saved
			? new ConversationFeed(FeedMemory.restore(saved))
			: this.#begin());
		if (saved) feed.catchUpWith(saved);
		polyAi.requests = 0;
		polyAi.failsAt = failsAt;
		const { ended, overdue } = await feed.read({
			list: polyAi.list,
			now: () => polyAi.now,
			goesOn: () => polyAi.requests < time,
			concurrency: 2,
		});
		expect(overdue).toEqual([]);
		for (const { callSid } of ended) {
			feed.memory.markDone(callSid);
			this.reports.push(callSid);
		}
		// n8n keeps nothing of a poll that reports nothing.
		if (ended.length > 0) this.#saved = JSON.stringify(feed.memory.save());
	}

	restart(index: 0 | 1): void {
		this.#processes[index] = undefined;
	}

	lost(): string[] {
		return this.polyAi.calls
			.filter(({ callSid, end }) => end > this.#since && !this.reports.includes(callSid))
			.map(({ callSid }) => callSid);
	}

	/** Where nothing was ever saved, a restart does not tell since when the trigger listens. */
	#begin(): ConversationFeed {
		this.#since = Math.max(START, this.polyAi.now - LATEST_ARRIVAL_MS);
		return new ConversationFeed(FeedMemory.startingAt(FEED, this.#since));
	}
}

test('whatever the order of things, each call that ends is reported once', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
			const world = new World();
			for (const one of steps) {
				if (one.kind === 'call') world.call(0, one.minutes, one.late);
				if (one.kind === 'poll') await world.poll(one.process, one.time, one.failsAt);
				if (one.kind === 'restart') world.restart(one.process);
				if (one.kind === 'clock') world.pass(one.minutes);
			}
			// In the end everything ends, and PolyAI answers again.
			for (const minutes of [61, 700, 1, 1]) {
				world.polyAi.now += minutes * MINUTE;
				await world.poll(0, Infinity);
			}
			expect(world.lost()).toEqual([]);
			expect(new Set(world.reports).size).toBe(world.reports.length);
		}),
		{ numRuns: 3000, seed: 20261124 },
	);
});

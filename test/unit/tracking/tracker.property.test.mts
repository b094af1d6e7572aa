import * as fc from 'fast-check';
import { CallTracker } from '../../../nodes/shared/tracking/callTracker.ts';
import { OLDEST_OPEN_CALL_MS, RETENTION_MS } from '../../../nodes/shared/tracking/lookSchedule.ts';
import { ReportedSids } from '../../../nodes/shared/tracking/reportedSids.ts';
import { LiveSnapshot, readSnapshot } from '../../../nodes/shared/tracking/snapshot.ts';

const ACCOUNT = 'https://polyai.example 1';
const TRIGGER = 'workflow trigger';
const WORKFLOW = 'workflow';
const START = Date.UTC(2026, 10, 23, 12);

/** What may happen, in any order. */
const step = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ kind: fc.constant('place' as const) }) },
	{
		weight: 4,
		arbitrary: fc.record({ kind: fc.constant('finish' as const), which: fc.nat({ max: 20 }) }),
	},
	fc.record({ kind: fc.constant('expire' as const), which: fc.nat({ max: 20 }) }),
	{
		weight: 6,
		/** `reaches`: how many looks of the poll get an answer before the network fails. */
		arbitrary: fc.record({ kind: fc.constant('poll' as const), reaches: fc.nat({ max: 12 }) }),
	},
	/** n8n writes static data down: at the end of an execution, or as another trigger starts one. */
	{ weight: 3, arbitrary: fc.record({ kind: fc.constant('save' as const) }) },
	fc.record({ kind: fc.constant('restart' as const) }),
	fc.record({
		kind: fc.constant('clock' as const),
		minutes: fc.constantFrom(-5, 1, 10, 60, 119, 180, 1500),
	}),
);

interface ModelCall {
	callSid: string;
	triggeredAt: number;
	end?: 'success' | 'failure';
	isForgotten: boolean;
}

/** The tracker, what of it is on disk, and the truth that only PolyAI and the user know. */
class World {
	readonly calls: ModelCall[] = [];
	readonly reports: string[] = [];
	now = START;
	#tracker = new CallTracker();
	#reported = new ReportedSids();
	#disk = '{}';
	#isRestored = false;

	/** Not more than five days: a call that nobody asked for in a week is given up. */
	pass(minutes: number): void {
		const then = this.now + minutes * 60_000;
		if (then - START < 5 * 24 * 60 * 60_000) this.now = then;
	}

	place(): void {
		this.#restore();
		const callSid = `SID-${this.calls.length}`;
		this.calls.push({ callSid, triggeredAt: this.now, isForgotten: false });
		const phoneNumber = '+442079460018';
		const placing = { account: ACCOUNT, workflowId: WORKFLOW, executionId: '1' };
		this.#tracker.add({ callSid, phoneNumber, triggeredAt: this.now, ...placing }, this.now);
		this.save();
	}

	poll(reaches: number): void {
		this.#restore();
		this.#tracker.join(TRIGGER, ACCOUNT, this.#reported.callSids(), this.now);
		for (const { callSid } of this.#tracker.due(ACCOUNT, this.now)) {
			if (reaches-- <= 0) this.#tracker.sawNothing(callSid, this.now);
			else this.#look(callSid);
		}
		const calls = this.#tracker.toReport(TRIGGER, ACCOUNT);
		this.#tracker.reported(TRIGGER, calls, this.now);
		for (const { callSid } of calls) {
			this.reports.push(callSid);
			if (this.#tracker.find(callSid)) this.#reported.add(callSid, this.now);
		}
		if (calls.length > 0) this.save();
	}

	save(): void {
		// Nothing of ours is in a process that has not read what was saved.
		if (!this.#isRestored) return;
		const snapshot = new LiveSnapshot(this.#tracker, WORKFLOW);
		this.#disk = JSON.stringify({ calls: snapshot, reported: this.#reported });
	}

	restart(): void {
		this.#tracker = new CallTracker();
		this.#reported = new ReportedSids();
		this.#isRestored = false;
	}

	#restore(): void {
		const saved = JSON.parse(this.#disk) as { calls?: unknown; reported?: unknown };
		this.#tracker.restore(WORKFLOW, () => readSnapshot(saved.calls, WORKFLOW), this.now);
		if (!this.#isRestored) this.#reported.restore(saved.reported);
		this.#isRestored = true;
	}

	#look(callSid: string): void {
		const call = this.calls.find((one) => one.callSid === callSid) as ModelCall;
		const age = this.now - call.triggeredAt;
		const status = call.end ?? 'calling';
		if (!call.isForgotten) this.#tracker.saw(callSid, { status }, this.now);
		else this.#tracker.sawNothing(callSid, this.now);
		const isLost = call.isForgotten && age > RETENTION_MS;
		if (isLost || age > OLDEST_OPEN_CALL_MS) {
			this.#tracker.endAs(callSid, { status: 'unavailable', finishedAt: this.now });
		}
	}
}

test('whatever the order of things, no call is reported twice and none is lost', () => {
	fc.assert(
		fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
			const world = new World();
			for (const one of steps) {
				const call = 'which' in one ? world.calls[one.which] : undefined;
				if (one.kind === 'place') world.place();
				if (one.kind === 'poll') world.poll(one.reaches);
				if (one.kind === 'save') world.save();
				if (one.kind === 'restart') world.restart();
				if (one.kind === 'clock') world.pass(one.minutes);
				if (one.kind === 'finish' && call) call.end ??= 'success';
				if (one.kind === 'expire' && call?.end) call.isForgotten = true;
			}
			expect(new Set(world.reports).size).toBe(world.reports.length);
			// In the end everything ends, and PolyAI answers again.
			for (const call of world.calls) call.end ??= 'failure';
			for (let poll = 0; poll < 4; poll++) {
				world.now += 3 * 60 * 60_000;
				world.poll(Infinity);
			}
			const lost = world.calls.filter(({ callSid }) => !world.reports.includes(callSid));
			expect(lost.map(({ callSid }) => callSid)).toEqual([]);
			expect(new Set(world.reports).size).toBe(world.reports.length);
		}),
		{ numRuns: 3000, seed: 20261123 },
	);
});

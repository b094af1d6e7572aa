import * as fc from 'fast-check';
import { LOOKED_BACK_MS } from '../../../nodes/shared/tracking/bounds.ts';
import { OLDEST_OPEN_CALL_MS, RETENTION_MS } from '../../../nodes/shared/tracking/pollSchedule.ts';
import type { Call } from '../../support/unit/tracking/story/polyAi.mts';
import { story, type Story } from '../../support/unit/tracking/story/story.mts';
import { World, type Trigger } from '../../support/unit/tracking/story/world.mts';

/**
 * `RUNS=100000 npx jest everyEndOnce` plays more stories, with another `SEED` others. A story that fails
 * is printed with its seed and path: `SEED=<seed> STORY=<path>` plays it alone.
 */
const { SEED = '20261126', STORY } = process.env;
const RUNS = Number(process.env.RUNS ?? 3000);

const MINUTE = 60_000;

jest.setTimeout(60_000 + RUNS * 20);

/** What happened in the stories, so that nothing that they are about is never tried. */
const tally = { reports: 0, restarts: 0, unavailable: 0 };

function play(given: Story): World {
	const world = new World(given);
	for (const step of given.steps) {
		world.take(step);
		if (step.kind === 'restart') tally.restarts++;
	}
	// In the end everybody is there, PolyAI answers, and everything ends.
	for (const trigger of world.triggers) world.publish(trigger);
	world.polyAi.answers = 'well';
	const calls = [...world.polyAi.calls.values()];
	for (let hour = 1; hour <= 50; hour++) {
		world.now += 60 * MINUTE;
		// Hours in which nothing has ended are mostly left out: they would take most of the time.
		const isQuiet = !calls.some((call) => hasJustEnded(call, world.now));
		if (isQuiet && hour % 8 > 0) continue;
		for (const trigger of world.triggers) world.poll(trigger, false);
	}
	return world;
}

/** Within the hours in which PolyAI still tells it, or has just forgotten it. */
function hasJustEnded({ placedAt, endsAt }: Call, now: number): boolean {
	return [endsAt, placedAt + OLDEST_OPEN_CALL_MS].some((end) => {
		return end <= now && now < end + RETENTION_MS + 60 * MINUTE;
	});
}

/** Whether a trigger was on when a call ended, as far as it could tell. */
function isInterested({ since, credentials }: Trigger, call: Call): boolean {
	// What has not ended within a day counts as ended.
	const end = Math.min(call.endsAt, call.placedAt + OLDEST_OPEN_CALL_MS);
	return end > since && credentials.has(call.credential);
}

function missed({ polyAi, known, triggers }: World): string[] {
	return triggers.flatMap((trigger) => {
		const reported = new Set(trigger.reports.map(({ callSid }) => callSid));
		const isWanted = ({ status }: Call) => !trigger.isFiltered || status === 'failure';
		return [...polyAi.calls.values()]
			.filter((call) => known.has(call.callSid) && isInterested(trigger, call) && isWanted(call))
			.filter(({ callSid }) => !reported.has(callSid) && !trigger.doubted.has(callSid))
			.map(({ callSid }) => `trigger ${trigger.id}: ${callSid}`);
	});
}

function repeated(world: World): string[] {
	return world.triggers.flatMap((trigger) => {
		if (world.forgets(trigger)) return [];
		const times = new Map<string, number>();
		for (const { callSid } of trigger.reports) times.set(callSid, (times.get(callSid) ?? 0) + 1);
		return [...times]
			.filter(([callSid, count]) => count > (trigger.cut.has(callSid) ? 2 : 1))
			.map(([callSid]) => `trigger ${trigger.id}: ${callSid}`);
	});
}

/** Ends long before the workflow was published, which nobody waits for. */
function outOfDate({ polyAi, triggers }: World): string[] {
	return triggers.flatMap(({ id, reports }) => {
		return reports
			.filter(({ callSid, since, status }) => {
				const { endsAt } = polyAi.calls.get(callSid) as Call;
				return status !== 'unavailable' && endsAt < since - LOOKED_BACK_MS - RETENTION_MS;
			})
			.map(({ callSid }) => `trigger ${id}: ${callSid}`);
	});
}

/** A call of which PolyAI told another end. */
function wrong({ polyAi, triggers }: World): string[] {
	return triggers.flatMap(({ reports }) => {
		return reports
			.filter(({ callSid, status }) => {
				return status !== 'unavailable' && polyAi.calls.get(callSid)?.status !== status;
			})
			.map(({ callSid }) => callSid);
	});
}

/** The clock is set back while a trigger has its second of three credentials, and two copies of that differ. */
const CLOCK_SET_BACK: Story = {
	engine: 'C',
	triggers: [
		{ workflow: 0, isFiltered: false, isOn: true },
		{ workflow: 1, isFiltered: false, isOn: true },
	],
	steps: [
		{ kind: 'place', workflow: 1, count: 1, minutes: 0, crashes: false },
		{ kind: 'clock', minutes: -3 },
		{ kind: 'newCredential' },
		{ kind: 'poll', trigger: 1, crashes: false },
		{ kind: 'clock', minutes: 130 },
		{ kind: 'place', workflow: 0, count: 1, minutes: 0, crashes: false },
		{ kind: 'newCredential' },
		{ kind: 'poll', trigger: 0, crashes: true },
	],
	refusal: 400,
	tellsTimes: false,
};

test('whatever happens, every trigger reports every end that is its matter once', () => {
	fc.assert(
		fc.property(story, (given) => {
			const world = play(given);
			const breaches = { missed: missed(world), repeated: repeated(world) };
			expect({ ...breaches, outOfDate: outOfDate(world), wrong: wrong(world) }).toEqual({
				missed: [],
				repeated: [],
				outOfDate: [],
				wrong: [],
			});
			const reports = world.triggers.flatMap((trigger) => trigger.reports);
			tally.reports += reports.length;
			tally.unavailable += reports.filter(({ status }) => status === 'unavailable').length;
		}),
		{
			numRuns: RUNS,
			seed: Number(SEED),
			// What was found once is played always.
			examples: [[CLOCK_SET_BACK]],
			...(STORY !== undefined && { path: STORY }),
		},
	);
	if (STORY !== undefined) return;
	expect(tally.reports).toBeGreaterThan(RUNS);
	expect(tally.restarts).toBeGreaterThan(RUNS / 4);
	expect(tally.unavailable).toBeGreaterThan(RUNS / 20);
});

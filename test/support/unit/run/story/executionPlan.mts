import * as fc from 'fast-check';

/** Which of eight people a row names, or an agent asks for. */
const person = fc.integer({ min: 0, max: 7 });

const people = (maxLength: number) => fc.array(person, { minLength: 1, maxLength });

/** Milliseconds until the next execution or round begins. */
const pauseMs = fc.oneof(
	{ weight: 3, arbitrary: fc.integer({ min: 0, max: 900 }) },
	fc.constantFrom(60_000, 10 * 60_000),
);

/** The node is run once, or several times in a loop; every round has rows of its own. */
const rows = fc.record({
	kind: fc.constant('rows' as const),
	rounds: fc.oneof(
		{ weight: 2, arbitrary: fc.tuple(people(10)) },
		fc.array(people(4), { minLength: 2, maxLength: 3 }),
	),
});

const fewRows = fc.record({
	kind: fc.constant('rows' as const),
	rounds: fc.array(people(3), { minLength: 1, maxLength: 2 }),
});

/** An agent asks for up to three people at the same moment, time after time. */
const agent = fc.record({
	kind: fc.constant('agent' as const),
	rounds: fc.array(people(3), { minLength: 1, maxLength: 4 }),
	/** The agent itself fails at its end: then its execution may be retried. */
	fails: fc.boolean(),
});

const ofEverySize = {
	/** "Retry On Fail": how often n8n runs the node. */
	tries: fc.integer({ min: 1, max: 3 }),
	beginsAfterMs: pauseMs,
	betweenRoundsMs: pauseMs,
	/** Which start it has in common with others, as when a workflow is started twice. */
	start: fc.constantFrom('A', 'B', 'C'),
};

/** How one execution uses the node. */
export const execution = fc.record({
	...ofEverySize,
	work: fc.oneof({ weight: 3, arbitrary: rows }, { weight: 1, arbitrary: agent }),
});

export const shortExecution = fc.record({ ...ofEverySize, work: fc.oneof(fewRows, agent) });

/** A workflow that is started twice with the same rows; one run may take longer. */
export const twins = (plan: fc.Arbitrary<ExecutionPlan>): fc.Arbitrary<ExecutionPlan[]> =>
	fc.tuple(plan, fc.nat({ max: 100 }), pauseMs).map(([one, later, betweenRoundsMs]) => {
		return [one, { ...one, beginsAfterMs: one.beginsAfterMs + later, betweenRoundsMs }];
	});

export type ExecutionPlan = typeof execution extends fc.Arbitrary<infer Value> ? Value : never;

import * as fc from 'fast-check';
import type { Environment } from '../../../../../nodes/shared/polyai/environment.ts';
import { APIS } from './apis.mts';
import { execution, shortExecution, twins } from './executionPlan.mts';
import { faults } from './faults.mts';

/** What happens to an n8n process in the middle of its work. */
const blow = fc.record({
	/** Killed, or it seems dead and goes on when another one has done its work. */
	kind: fc.constantFrom('killed' as const, 'killed' as const, 'stalled' as const),
	/** At which of the moments at which it waits for something outside, or has just got it. */
	at: fc.oneof(fc.nat({ max: 30 }), fc.nat({ max: 150 })),
});

const rerun = fc.constantFrom('retry' as const, 'secondWorker' as const);

/** What happens to an execution that failed, was stopped or was interrupted. */
const sequel = fc.oneof({ weight: 3, arbitrary: rerun }, fc.constant('nothing' as const));

const often = <Value,>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 4 });

const rarely = <Value,>(value: fc.Arbitrary<Value>) =>
	fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

const parts = {
	executions: fc.oneof(
		{ weight: 3, arbitrary: fc.tuple(execution) },
		fc.array(execution, { minLength: 2, maxLength: 3 }),
		twins(execution),
	),
	/** One for every process that is started: n8n, and n8n after a crash. */
	blows: fc.array(often(blow), { maxLength: 2 }),
	/** One for every time that executions have ended. */
	sequels: fc.array(sequel, { maxLength: 3 }),
	faults,
	/** Milliseconds that one request after the other takes. */
	latencies: fc.array(fc.oneof(fc.nat({ max: 200 }), fc.nat({ max: 900 })), {
		minLength: 1,
		maxLength: 5,
	}),
	/** At which of its writes n8n's database fails. */
	databaseFailsAt: rarely(fc.nat({ max: 12 })),
	concurrency: fc.integer({ min: 1, max: 6 }),
	perMinute: fc.constantFrom(0, 0, 30, 600, 600),
	/** Whether the first process has called anyone at this PolyAI before. */
	isKnown: fc.boolean(),
	skipDuplicates: fc.boolean(),
	retryServerErrors: fc.boolean(),
	stopsAtFailure: fc.boolean(),
	waits: fc.boolean(),
	/** Stop, pressed for the first execution. */
	stopAtRequest: rarely(fc.nat({ max: 20 })),
	stopAfterMs: rarely(fc.oneof(fc.nat({ max: 3000 }), fc.nat({ max: 90_000 }))),
	api: fc.constantFrom(...(Object.keys(APIS) as Array<keyof typeof APIS>)),
	environment: fc.constantFrom<Environment>('sandbox', 'live'),
	hasMetadata: fc.boolean(),
	unknownPath: fc.constantFrom(403, 404, 405),
};

/** Executions of one node in one workflow, and all that happens to them. */
export const story = fc.record(parts);

/** A short one, in which a process can be killed at every point of its life. */
export const shortStory: fc.Arbitrary<Story> = fc.record({
	...parts,
	executions: fc.oneof(
		fc.array(shortExecution, { minLength: 1, maxLength: 2 }),
		twins(shortExecution),
	),
	blows: fc.constant([]),
	sequels: fc.tuple(rerun),
	waits: fc.constant(false),
	databaseFailsAt: fc.constant(undefined),
	stopAtRequest: fc.constant(undefined),
	stopAfterMs: fc.constant(undefined),
});

export type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never;
export type Sequel = Story['sequels'][number];

/** Nothing goes wrong but that processes die. */
export const isFlawless = ({ faults, stopAtRequest, stopAfterMs, databaseFailsAt }: Story) =>
	faults.every(({ kind }) => kind === 'none') &&
	stopAtRequest === undefined &&
	stopAfterMs === undefined &&
	databaseFailsAt === undefined;

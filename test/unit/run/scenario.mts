import * as fc from 'fast-check';
import type { Account } from '../../../nodes/shared/polyai/account.ts';
import type { Environment } from '../../../nodes/shared/polyai/environment.ts';
import {
	agentsGenerations,
	tokenGenerations,
} from '../../../nodes/shared/polyai/generations/generations.ts';
import type { Fault } from '../support/simulatedPolyAi.mts';

const noFault = fc.constant<Fault>({ kind: 'none' });

const retryAfter = fc.option(fc.constantFrom('0', '1', '20', '400', 'soon'), { nil: undefined });

const fault: fc.Arbitrary<Fault> = fc.oneof(
	{ weight: 5, arbitrary: noFault },
	fc.constant<Fault>({ kind: 'garbage' }),
	fc.record({
		kind: fc.constant('noAnswer' as const),
		sent: fc.boolean(),
		dials: fc.boolean(),
	}),
	fc.record({
		kind: fc.constant('status' as const),
		status: fc.constantFrom(400, 401, 403, 404, 405, 429, 302),
		retryAfter,
	}),
	fc.record({ kind: fc.constant('notQueued' as const), retryAfter }),
	fc.record({
		kind: fc.constant('status' as const),
		status: fc.constantFrom(500, 502, 503, 504, 520, 408),
		dials: fc.boolean(),
	}),
);

const [base, legacy] = tokenGenerations;
const agents = agentsGenerations('PROJECT-1');

/** The paths that an account tries, and those at which PolyAI places calls. */
interface Api {
	generations: Account['generations'];
	servedPaths: string[];
}

/** A pinned path as well, and a PolyAI that answers at both for a time. */
const api = fc.constantFrom<Api>(
	{ generations: tokenGenerations, servedPaths: [base.triggerPath] },
	{ generations: tokenGenerations, servedPaths: [legacy.triggerPath] },
	{ generations: tokenGenerations, servedPaths: [base.triggerPath, legacy.triggerPath] },
	{ generations: [legacy], servedPaths: [base.triggerPath, legacy.triggerPath] },
	{ generations: agents, servedPaths: [agents[0].triggerPath] },
);

/** A run of the node, and all that happens to it. */
export const scenario = fc.record({
	/** Which of eight people every row names. */
	people: fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 12 }),
	faults: fc.oneof(
		{ weight: 9, arbitrary: fc.array(fault, { minLength: 1, maxLength: 24 }) },
		fc.tuple(noFault),
	),
	latencies: fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 5 }),
	concurrency: fc.integer({ min: 1, max: 6 }),
	perMinute: fc.constantFrom(0, 0, 30, 600),
	/** Whether this process has called anybody at this PolyAI before. */
	isKnown: fc.boolean(),
	skipDuplicates: fc.boolean(),
	retryServerErrors: fc.boolean(),
	stopsAtFailure: fc.boolean(),
	waits: fc.boolean(),
	tries: fc.integer({ min: 1, max: 3 }),
	/** Whether the next try comes by "Retry execution", with what n8n has saved. */
	isSaved: fc.boolean(),
	stopAtRequest: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
	stopAfterMs: fc.option(fc.integer({ min: 0, max: 90_000 }), { nil: undefined, freq: 3 }),
	api,
	environment: fc.constantFrom<Environment>('sandbox', 'live'),
	hasMetadata: fc.boolean(),
	unknownPath: fc.constantFrom(403, 404, 405),
});

export type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never;

export const isFlawless = ({ faults, stopAtRequest, stopAfterMs }: Scenario) =>
	faults.every(({ kind }) => kind === 'none') &&
	stopAtRequest === undefined &&
	stopAfterMs === undefined;

import * as fc from 'fast-check';
import type { TableFault } from '../dataTable.mts';

/** What PolyAI, or the way to it, makes of one request to place a call. */
export type Answer =
	| 'accepted'
	| 'rateLimited'
	| 'refused'
	| 'unclearAndRang'
	| 'unclearAndSilent'
	| 'twiceThenAccepted';

/** What a person or another workflow does to someone's row. */
export interface Deed {
	/** Before which request of the story it is done, counted over all runs. */
	atRequest: number;
	who: number;
	what:
		| 'stop'
		| 'editAttempts'
		| 'editState'
		| 'clearClaim'
		| 'editNextCallAt'
		| 'setDeadline'
		| 'startOver';
}

/** A call that another workflow writes into the call log. */
export interface CallOfOthers {
	/** Before which request of the story, counted over all runs. */
	atRequest: number;
	who: number;
	/** A call that certainly wasn't placed has a row as well. */
	isPlaced: boolean;
}

/** When a runner's process is killed: with its request of this number, counted over the whole story. */
export interface Kill {
	runner: number;
	atRequest: number;
}

const answer = fc.oneof(
	{ weight: 12, arbitrary: fc.constant<Answer>('accepted') },
	fc.constantFrom<Answer>(
		'rateLimited',
		'refused',
		'unclearAndRang',
		'unclearAndSilent',
		'twiceThenAccepted',
	),
);

const fault = fc.oneof(
	{ weight: 30, arbitrary: fc.constant<TableFault>('none') },
	fc.constantFrom<TableFault>('lostBefore', 'lostAfter', { status: 503 }),
);

const call = fc.record({
	answer,
	minutes: fc.constantFrom(0.2, 1, 4, 130),
	status: fc.constantFrom('success' as const, 'failure' as const, 'failure' as const),
});

const deed: fc.Arbitrary<Deed> = fc.record({
	atRequest: fc.nat({ max: 250 }),
	who: fc.nat({ max: 5 }),
	what: fc.constantFrom(
		'stop' as const,
		'stop' as const,
		'editAttempts' as const,
		'editState' as const,
		'clearClaim' as const,
		'editNextCallAt' as const,
		'setDeadline' as const,
		'startOver' as const,
	),
});

const callOfOthers: fc.Arbitrary<CallOfOthers> = fc.record({
	atRequest: fc.nat({ max: 250 }),
	who: fc.nat({ max: 5 }),
	isPlaced: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
});

export const story = fc.record({
	/** What is left to chance in it. */
	seed: fc.nat(),
	people: fc.integer({ min: 1, max: 6 }),
	/** Their numbers are in several time zones. */
	firstHour: fc.nat({ max: 23 }),
	window: fc.constantFrom(
		{ from: '09:00', to: '20:00' },
		{ from: '22:00', to: '02:00' },
		{ from: '00:00', to: '00:00' },
	),
	maxAttempts: fc.integer({ min: 1, max: 3 }),
	tryAgainAfter: fc.constantFrom([120, 1440], [0], [5, 30]),
	maxLiveCalls: fc.integer({ min: 1, max: 3 }),
	runners: fc.integer({ min: 1, max: 3 }),
	/** Milliseconds that a request takes, in turn. */
	latencies: fc.array(fc.constantFrom(0, 3, 40, 700), { minLength: 1, maxLength: 7 }),
	/** Minutes between the beginnings of two runs, and seconds for which one goes on. */
	everyMinutes: fc.constantFrom(7, 31),
	runForSeconds: fc.constantFrom(50, 600),
	calls: fc.array(call, { minLength: 1, maxLength: 12 }),
	faults: fc.array(fault, { maxLength: 60 }),
	/** A call log that other workflows use as well; hours in which no one may be called twice, 0 for no limit. */
	log: fc.option(
		fc.record({
			notCalledWithin: fc.constantFrom(0, 1, 24),
			faults: fc.array(fault, { maxLength: 60 }),
			ofOthers: fc.array(callOfOthers, { maxLength: 4 }),
		}),
		{ nil: undefined },
	),
	deeds: fc.array(deed, { maxLength: 4 }),
	kills: fc.array(fc.record({ runner: fc.nat({ max: 2 }), atRequest: fc.nat({ max: 80 }) }), {
		maxLength: 3,
	}),
});

export type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never;

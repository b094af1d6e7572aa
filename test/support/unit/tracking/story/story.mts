import * as fc from 'fast-check';
import type { PollEngine } from '../../../engine/poller.mts';

const small = (max: number) => fc.nat({ max });
const of = <Kind extends string, Rest extends object>(
	kind: Kind,
	rest: { [Key in keyof Rest]: fc.Arbitrary<Rest[Key]> },
) => fc.record({ kind: fc.constant(kind), ...rest }) as fc.Arbitrary<{ kind: Kind } & Rest>;

/** What may happen, in any order. Workflows and triggers are named by numbers. */
const step = fc.oneof(
	{
		weight: 6,
		arbitrary: of<'place', { workflow: number; count: number; minutes: number; crashes: boolean }>(
			'place',
			{
				workflow: small(2),
				count: fc.integer({ min: 1, max: 4 }),
				minutes: fc.constantFrom(0, 0, 1, 1, 5, 40, 300, 2000),
				crashes: fc.constantFrom(false, false, false, false, true),
			},
		),
	},
	{
		weight: 12,
		arbitrary: of<'poll', { trigger: number; crashes: boolean }>('poll', {
			trigger: small(3),
			crashes: fc.constantFrom(false, false, false, false, false, false, true),
		}),
	},
	{
		weight: 6,
		arbitrary: of<'clock', { minutes: number }>('clock', {
			minutes: fc.constantFrom(-3, 1, 1, 1, 10, 10, 30, 61, 130, 700),
		}),
	},
	{ weight: 3, arbitrary: of<'restart', object>('restart', {}) },
	of<'switchOff', { trigger: number }>('switchOff', { trigger: small(3) }),
	of<'publish', { trigger: number }>('publish', { trigger: small(3) }),
	of<'newCredential', object>('newCredential', {}),
	of<'answers', { how: Answers }>('answers', {
		how: fc.constantFrom<Answers>('well', 'well', 'not at all', 'too many', 'refused'),
	}),
	of<'siblingSaves', { workflow: number }>('siblingSaves', { workflow: small(2) }),
);

/** How PolyAI answers for now. */
export type Answers = 'well' | 'not at all' | 'too many' | 'refused';

export type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

export interface Story {
	engine: PollEngine;
	/** Of each of four triggers: the workflow that it stands in, whether it leaves out successes, and is on at first. */
	triggers: Array<{ workflow: number; isFiltered: boolean; isOn: boolean }>;
	/** Workflow 2 has another trigger that remembers something: nothing of ours is saved there. */
	steps: Step[];
	/** How PolyAI refuses a call that it doesn't know. */
	refusal: 400 | 403 | 404;
	/** Whether a status says since when it holds, as in the first API version. */
	tellsTimes: boolean;
}

export const story: fc.Arbitrary<Story> = fc.record({
	engine: fc.constantFrom('A' as const, 'B' as const, 'C' as const),
	triggers: fc.array(
		fc.record({
			workflow: small(2),
			isFiltered: fc.constantFrom(false, false, true),
			isOn: fc.constantFrom(true, true, true, false),
		}),
		{ minLength: 1, maxLength: 4 },
	),
	steps: fc.array(step, { maxLength: 50, size: 'max' }),
	refusal: fc.constantFrom(400 as const, 403 as const, 404 as const),
	tellsTimes: fc.boolean(),
});

import type { RunResult } from '../../../../../nodes/PolyAiOutbound/run/runItems.ts';
import { SentMarks } from '../../../../../nodes/shared/crashRecovery/sentMarks.ts';
import type { Clock } from '../../../../../nodes/shared/time/clock.ts';
import type { SimulatedPolyAi } from '../../simulatedPolyAi.mts';
import { playRun, type PlayedRun } from './nodeRun.mts';
import type { Process } from './process.mts';
import type { ProcessedList } from './processedList.mts';
import type { ExecutionPlan } from './executionPlan.mts';
import type { Sequel, Story } from './story.mts';

/** An execution as stored in n8n's database. */
export interface Execution {
	plan: ExecutionPlan;
	/** It and all that repeat it. */
	lineage: number;
	id: string;
	isRetry: boolean;
	/** Where a run of it starts: in which round, and with which context of the node as JSON. */
	saved: { round: number; context: string };
}

/** A run's marks are kept for an hour after its end, which is the longest that anything may wait. */
export const isForgotten = (time: number, clock: Clock) => clock.now() - time > 55 * 60_000;

type Ending = 'succeeded' | 'failed' | 'stopped' | 'cutOff';

/** What all executions share. */
export interface World {
	given: Story;
	clock: Clock;
	polyAi: SimulatedPolyAi;
	list: ProcessedList;
	/** The last of every execution and all that repeated it, and those before. */
	lives: Life[];
	runs: PlayedRun[];
}

/** An execution while a process runs it. */
export interface Life extends World {
	execution: Execution;
	process: Process;
	/** By which the process knows PolyAI. */
	baseUrl: string;
	/** n8n's context of the node. */
	context: object;
	marks: SentMarks;
	stop: AbortController;
	ending: Ending;
	/** When it ended by itself, in milliseconds since 1970. */
	endedAt?: number;
}

export function beginLife(
	world: World,
	execution: Execution,
	process: Process,
	stop: AbortController,
): Life {
	const { id, isRetry, saved } = execution;
	const store = world.list.openFor(process, id, isRetry ? 'retry' : 'trigger');
	return {
		...world,
		...{ execution, process, stop },
		baseUrl: `https://${process.name}.example`,
		context: JSON.parse(saved.context) as object,
		marks: new SentMarks({
			...{ store, isRetry },
			clock: process.ownClock,
			executionId: id,
			start: startOf(world.given, execution),
		}),
		ending: 'cutOff',
	};
}

/**
 * Two processes that run at the same time can't know what the other needs of a start that their
 * executions have in common: while one is stalled, each has its own.
 */
function startOf({ blows }: Story, { plan, lineage }: Execution): string {
	const mayStall = blows.some((blow) => blow?.kind === 'stalled');
	return mayStall ? `${plan.start}${lineage}` : plan.start;
}

/** Runs the workflow to its end, unless the process is struck first. */
export async function live(life: Life): Promise<void> {
	await runWorkflow(life);
	life.endedAt = life.clock.now();
}

async function runWorkflow(life: Life): Promise<void> {
	const { execution, process, stop, context } = life;
	const { work, beginsAfterMs, betweenRoundsMs } = execution.plan;
	const pause = async (ms: number) => await process.ownClock.sleep(ms, stop.signal);
	const fail = (round: number) => {
		life.ending = 'failed';
		execution.saved = { round, context: JSON.stringify(context) };
	};
	await pause(beginsAfterMs);
	for (let round = execution.saved.round; round < work.rounds.length; round++) {
		const runs = await playRound(life, round);
		life.runs.push(...runs);
		if (stop.signal.aborted) return void (life.ending = 'stopped');
		if (work.kind === 'rows' && runs.some(({ last }) => isThrown(life, last))) return fail(round);
		// The nodes behind this one run, too.
		await pause(betweenRoundsMs);
	}
	if (work.kind === 'agent' && work.fails) return fail(0);
	life.ending = 'succeeded';
}

async function playRound(life: Life, round: number): Promise<PlayedRun[]> {
	const { work } = life.execution.plan;
	const people = work.rounds[round] ?? [];
	return work.kind === 'rows'
		? [await playRun(life, round, people)]
		: await Promise.all(people.map(async (person) => await playRun(life, 'tool', [person])));
}

/** Whether n8n was given an error instead of items. */
export function isThrown({ given: { stopsAtFailure } }: World, last: RunResult): boolean {
	return stopsAtFailure && last.firstFailure !== undefined;
}

/** What n8n starts after an execution has ended without success; undefined if nothing. */
export function sequelOf(life: Life, sequel: Sequel): Execution | undefined {
	const { ending, execution, endedAt = 0, process, clock } = life;
	if (ending === 'succeeded' || sequel === 'nothing') return undefined;
	if (ending === 'stopped' && isForgotten(endedAt, clock)) return undefined;
	// What n8n considers running can't be retried, and what has ended can't be run again.
	const isUnderWay = ending === 'cutOff';
	if (isUnderWay && (sequel === 'secondWorker' || process.state === 'stalled')) {
		return { ...execution };
	}
	return { ...execution, id: `${execution.id}'`, isRetry: true };
}

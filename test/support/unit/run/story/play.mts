import { countAsReachable } from '../../../../../nodes/shared/polyai/reachability.ts';
import { SimulatedPolyAi } from '../../simulatedPolyAi.mts';
import { VirtualClock } from '../../virtualClock.mts';
import {
	beginLife,
	isForgotten,
	live,
	sequelOf,
	type Execution,
	type World,
} from './execution.mts';
import { callAtWork, processAtWork } from './atWork.mts';
import { Process } from './process.mts';
import { ProcessedList } from './processedList.mts';
import { APIS } from './apis.mts';
import type { Story } from './story.mts';

/** Milliseconds after which n8n considers a worker lost, or a person presses Retry. */
const NOTICED_AFTER_MS = 60_000;

export interface Played extends World {
	processes: Process[];
}

/** Plays a story from its first executions to the end of what follows them. */
export async function play(given: Story): Promise<Played> {
	const stop = new AbortController();
	const played: Played = { ...openWorld(given, stop), processes: [] };
	let due = firstExecutions(given);
	let asleep: Going | undefined;
	for (let go = 0; due.length > 0; go++) {
		const process = processFor(played);
		const lives = due.map((execution) => {
			const isStopped = go === 0 && execution.lineage === 0;
			return beginLife(played, execution, process, isStopped ? stop : new AbortController());
		});
		played.lives.push(...lives);
		const ended = processAtWork.run(process, async () => {
			await Promise.all(lives.map(live));
		});
		await Promise.race([ended, process.isStruck]);
		await played.clock.sleep(NOTICED_AFTER_MS);
		due = lives.flatMap((life) => sequelOf(life, given.sequels[go] ?? 'nothing') ?? []);
		await wake(asleep);
		asleep = process.state === 'stalled' ? { process, ended } : undefined;
	}
	await wake(asleep);
	return played;
}

/** What a process does. */
interface Going {
	process: Process;
	ended: Promise<void>;
}

/** Not so late that no one knows anymore what others have done in the meantime. */
async function wake(asleep: Going | undefined): Promise<void> {
	if (!asleep || isForgotten(asleep.process.struckAt, asleep.process.clock)) return;
	await asleep.process.resume();
	await asleep.ended;
}

function openWorld(given: Story, stop: AbortController): World {
	const clock = new VirtualClock();
	const { stopAfterMs, stopAtRequest, databaseFailsAt } = given;
	if (stopAfterMs !== undefined) void clock.sleep(stopAfterMs).then(() => stop.abort());
	const polyAi = new SimulatedPolyAi({
		...given,
		clock,
		servedPaths: APIS[given.api].servedPaths,
		callAtWork: () => callAtWork.getStore() ?? '',
		onRequest: (index) => index === stopAtRequest && stop.abort(),
	});
	const list = new ProcessedList(clock, databaseFailsAt);
	return { given, clock, polyAi, list, lives: [], runs: [] };
}

function firstExecutions({ executions }: Story): Execution[] {
	const saved = { round: 0, context: '{}' };
	return executions.map((plan, lineage) => {
		return { plan, lineage, id: `${lineage}`, isRetry: false, saved };
	});
}

let started = 0;

/** The one that runs, or n8n is started again. */
function processFor({ processes, given, clock }: Played): Process {
	const last = processes.at(-1);
	if (last?.state === 'running') return last;
	const process = new Process(`process-${started++}`, clock, given.blows[processes.length]);
	const baseUrl = `https://${process.name}.example`;
	if (given.isKnown && !last) {
		countAsReachable(baseUrl);
		process.isSureOfPolyAi = true;
	}
	processes.push(process);
	return process;
}

import type { NodeRun } from '../../../../../nodes/PolyAiOutbound/run/placedCalls.ts';
import type { Life } from './execution.mts';

export const numberOf = (person: number | undefined) => `+44207946010${person}`;

/**
 * The name of the call that an item asks for: the same for items of which one is called. All runs of
 * an execution, its Retry and whoever else runs it again, want the same calls.
 */
export function wantedCall(life: Life, run: NodeRun, item: number, person?: number): string {
	const isForItem = run !== 'tool' && !life.given.skipDuplicates;
	return callsTo(life, person) + (isForItem ? ` run ${run} item ${item}` : '');
}

/** What the names of an execution's calls to someone begin with. */
export function callsTo({ execution: { lineage } }: Life, person?: number): string {
	return `execution ${lineage} ${numberOf(person)}`;
}

/** How often an execution, and all that repeat it, may call someone. */
export function mostCalls({ given, execution: { plan } }: Life, person: number): number {
	if (plan.work.kind === 'agent' || given.skipDuplicates) return 1;
	return plan.work.rounds.flat().filter((one) => one === person).length;
}

/**
 * Of someone whom several rounds ask for, who comes after a crash can tell how often they were
 * called.
 */
export function isCounted({ execution: { plan } }: Life, person: number): boolean {
	return plan.work.rounds.filter((people) => people.includes(person)).length > 1;
}

/** n8n may crash after the node has ended, while later nodes are still running. */
const KEPT_AFTER_END_MS = 60 * 60_000;

/** The keys that an execution needs for what it has sent, or is about to send. */
export interface NeededKeys {
	/** It wrote them itself, in runs that have ended. */
	written: Set<string>;
	/** An execution with the same start wrote them. */
	found: Set<string>;
	/** When its last run ended, in milliseconds since 1970; more may follow, as in a loop. */
	endedAt?: number;
}

/**
 * Of this process, by place. Two executions with the same start that run in two workers at the same
 * moment don't know about each other: if one of them is refused a call, a Retry of the other may no
 * longer find that call.
 */
const neededAt = new Map<string, Set<NeededKeys>>();

export function needsAt(place: string): Set<NeededKeys> {
	const known = neededAt.get(place) ?? new Set();
	neededAt.set(place, known);
	return known;
}

/**
 * @returns the keys of executions that ended so long ago that a crash no longer matters for them
 */
export function forgetOld(place: string, now: number): string[] {
	const atPlace = needsAt(place);
	const old = [...atPlace].filter(({ written, found, endedAt }) => {
		if (endedAt === undefined) return false;
		return now - endedAt >= KEPT_AFTER_END_MS || written.size + found.size === 0;
	});
	for (const need of old) atPlace.delete(need);
	return old.flatMap(({ written }) => [...written]);
}

/** Whether another execution needs the key; if so, it belongs to that one from now on. */
export function isInherited(place: string, key: string): boolean {
	for (const { found, written } of needsAt(place)) {
		if (!found.delete(key)) continue;
		written.add(key);
		return true;
	}
	return false;
}

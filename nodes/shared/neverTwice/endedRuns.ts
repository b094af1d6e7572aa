/** A crash may come after the node has ended, while the nodes behind it still run. */
const KEPT_AFTER_END_MS = 60 * 60_000;

/** The runs of one execution that have ended; more may follow, as in a loop. */
export interface EndedRuns {
	executionId: string;
	/** What they wrote. */
	keys: string[];
	/** What they need as well, but found there: an execution with the same start had written it. */
	found: string[];
	/** Of the last one. Milliseconds since 1970 */
	at: number;
}

/** By place, the oldest first. */
const ended = new Map<string, EndedRuns[]>();

/** @returns keys that were kept long enough, and that no later run needs */
export function keepForAWhile(place: string, run: EndedRuns): string[] {
	const known = ended.get(place) ?? [];
	const before = known.find(({ executionId }) => executionId === run.executionId);
	run.keys = [...(before?.keys ?? []), ...run.keys];
	run.found = [...(before?.found ?? []), ...run.found];
	const runs = [...known.filter((one) => one !== before), run];
	const isOld = ({ at }: EndedRuns) => run.at - at >= KEPT_AFTER_END_MS;
	const young = runs.filter((one) => !isOld(one) && one.keys.length + one.found.length > 0);
	ended.set(place, young);
	return runs
		.filter(isOld)
		.flatMap(({ keys }) => keys)
		.filter((key) => {
			const heir = young.find(({ found }) => found.includes(key));
			heir?.keys.push(key);
			return !heir;
		});
}

/**
 * Starts a step for every item in order, `concurrency` of them at once, until `goesOn` says no.
 * Resolves when every step that was started has ended.
 */
export async function inOrder(
	count: number,
	concurrency: number,
	step: (item: number) => Promise<void>,
	goesOn: () => boolean,
): Promise<void> {
	let next = 0;
	const worker = async () => {
		while (next < count && goesOn()) await step(next++);
	};
	await Promise.all(Array.from({ length: Math.min(concurrency, count) }, worker));
}

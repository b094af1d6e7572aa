/**
 * Starts a step for every item in order, up to `concurrency` at once, until `goesOn` returns false.
 * Resolves when every started step has ended.
 *
 * @param concurrency may change in between
 */
export async function forEachConcurrently(
	count: number,
	concurrency: number | (() => number),
	step: (item: number) => Promise<void>,
	goesOn: () => boolean,
): Promise<void> {
	const most = typeof concurrency === 'number' ? () => concurrency : concurrency;
	let next = 0;
	let atWork = 0;
	await new Promise<void>((done, fail) => {
		const start = () => {
			while (atWork < most() && next < count && goesOn()) {
				atWork++;
				step(next++).then(end, fail);
			}
			if (atWork === 0) done();
		};
		const end = () => {
			atWork--;
			start();
		};
		start();
	});
}

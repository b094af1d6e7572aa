/** A clock that stands still until a test sets it. */
export function manualClock(start = '2026-03-02T09:00:00.000Z') {
	let now = Date.parse(start);
	return {
		now: () => now,
		/** In milliseconds. */
		advance(ms: number) {
			now += ms;
		},
	};
}

/**
 * What stands in the column `claim` of a row that somebody is at work on: since when, and what nobody else
 * writes at that moment.
 *
 * @param since milliseconds since 1970
 */
export function writeClaim(since: number, random: () => number): string {
	return `${new Date(since).toISOString()} ${random().toString(36).slice(2, 12)}`;
}

/** @returns milliseconds since 1970; undefined for what is no claim */
export function claimedAt(claim: unknown): number | undefined {
	const time = Date.parse(String(claim ?? '').split(' ', 1)[0] ?? '');
	return Number.isNaN(time) ? undefined : time;
}

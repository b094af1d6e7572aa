/**
 * The content of the column `claim` while someone works on a row: since when, and what no one else
 * writes at that moment.
 *
 * @param since milliseconds since 1970
 */
export function writeClaim(since: number, random: () => number): string {
	return `${new Date(since).toISOString()} ${random().toString(36).slice(2, 12)}`;
}

/** @returns milliseconds since 1970; undefined for anything but a claim */
export function claimedAt(claim: unknown): number | undefined {
	const time = Date.parse(String(claim ?? '').split(' ', 1)[0] ?? '');
	return Number.isNaN(time) ? undefined : time;
}

/** ISO 8601 in UTC; nothing for what is no time. @param time milliseconds since 1970 */
export function isoTime(time: number | undefined): string | undefined {
	const date = new Date(time ?? NaN);
	return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

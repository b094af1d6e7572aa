/** ISO 8601 in UTC; undefined for anything but a time. @param time milliseconds since 1970 */
export function isoTime(time: number | undefined): string | undefined {
	const date = new Date(time ?? NaN);
	return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

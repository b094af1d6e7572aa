import type { Weekday } from './callingWindow';
import { WEEKDAYS } from './callingWindow';

export const MINUTE = 60_000;

/** All clocks on Earth change at a full quarter of an hour. */
export const QUARTER_HOUR = 15 * MINUTE;

const DAY = 24 * 60 * MINUTE;

/** The local time as a clock shows it. */
export interface LocalTime {
	/** Minutes since midnight. */
	minute: number;
	today: Weekday;
	yesterday: Weekday;
}

/**
 * @param instant milliseconds since 1970, UTC
 * @throws RangeError for a zone that this Node.js doesn't know
 */
export function localTimeIn(timeZone: string, instant: number): LocalTime {
	const local = instant + offsetIn(timeZone, instant);
	return {
		minute: Math.floor(local / MINUTE) % (24 * 60),
		today: weekdayOf(local),
		yesterday: weekdayOf(local - DAY),
	};
}

function weekdayOf(local: number): Weekday {
	return WEEKDAYS[new Date(local).getUTCDay()]!;
}

interface Zone {
	formatter: Intl.DateTimeFormat;
	/** The quarter of an hour that was last requested, and the clock's offset from UTC in it. */
	quarter: number;
	offset: number;
}

/** One per zone of the data. */
const zones = new Map<string, Zone>();

/** The offset of a zone from UTC at an instant, in milliseconds. */
export function offsetIn(timeZone: string, instant: number): number {
	let zone = zones.get(timeZone);
	if (!zone) {
		const formatter = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
		zone = { formatter, quarter: NaN, offset: NaN };
		zones.set(timeZone, zone);
	}
	const quarter = Math.floor(instant / QUARTER_HOUR);
	if (zone.quarter !== quarter) {
		zone.offset = readOffset(zone.formatter.format(instant));
		zone.quarter = quarter;
	}
	return zone.offset;
}

/** Reads "GMT+05:45", and "GMT" for none, from Node's own time zone rules. */
function readOffset(text: string): number {
	const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(text) ?? [];
	const ahead = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE;
	return sign === '-' ? -ahead : ahead;
}

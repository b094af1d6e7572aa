/** In the order of Date.getUTCDay(). */
export const WEEKDAYS = [
	'sunday',
	'monday',
	'tuesday',
	'wednesday',
	'thursday',
	'friday',
	'saturday',
] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/**
 * When a person may be called, in their local time. `to` itself is no longer allowed. A window
 * whose `from` is later than its `to` crosses midnight and belongs to the day it starts on; if both
 * are the same, it's the whole day, midnight to midnight.
 */
export interface CallingWindow {
	/** HH:mm */
	from: string;
	/** HH:mm */
	to: string;
	days: readonly Weekday[];
}

/** The defaults of the option `callingHours`, part of the contract (docs/design.md § 5). */
export const DEFAULT_FROM = '09:00';
export const DEFAULT_TO = '20:00';
export const DEFAULT_DAYS: readonly Weekday[] = [
	'monday',
	'tuesday',
	'wednesday',
	'thursday',
	'friday',
	'saturday',
];

/** For a sentence: "09:00–20:00 on Monday, Tuesday", "at any time on Sunday", "09:00–20:00 every day". */
export function describeWindow({ from, to, days }: CallingWindow): string {
	const hours = from === to ? 'at any time' : `${from}–${to}`;
	if (days.length === WEEKDAYS.length) return `${hours} every day`;
	return `${hours} on ${days.map(capitalized).join(', ')}`;
}

/** "monday" with a capital letter. */
export function capitalized(day: Weekday): string {
	return day.charAt(0).toUpperCase() + day.slice(1);
}

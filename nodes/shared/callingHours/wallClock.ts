import type { CallingWindow, Weekday } from './callingWindow';
import { WEEKDAYS } from './callingWindow';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/**
 * The earliest moment, from `local` on, at which a wall clock shows a time inside the window; Infinity if the window
 * has no day.
 *
 * Both are the wall clock's reading, in milliseconds as if it were UTC. This knows nothing of time zones: a day
 * always has 24 hours here, and whoever asks takes care that the clock is not put forward or back in between.
 */
export function nextOpening(window: CallingWindow, local: number): number {
	const from = minutesOf(window.from);
	const wholeDay = window.from === window.to;
	const start = wholeDay ? 0 : from * MINUTE;
	const length = wholeDay ? DAY : ((minutesOf(window.to) - from + 1440) % 1440) * MINUTE;

	// Yesterday's window may reach into today; the same weekday a week on is the last that can be next.
	const today = Math.floor(local / DAY) * DAY;
	for (let day = today - DAY; day <= today + 7 * DAY; day += DAY) {
		const opens = day + start;
		if (local < opens + length && window.days.includes(weekdayOf(day))) {
			return Math.max(local, opens);
		}
	}
	return Infinity;
}

/** The day of the week of a wall clock's reading. */
export function weekdayOf(local: number): Weekday {
	return WEEKDAYS[new Date(local).getUTCDay()]!;
}

function minutesOf(time: string): number {
	const [hours, minutes] = time.split(':').map(Number);
	return hours! * 60 + minutes!;
}

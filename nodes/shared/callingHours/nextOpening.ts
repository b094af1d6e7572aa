import type { CallingWindow } from './callingWindow';
import { localTimeIn, MINUTE, QUARTER_HOUR } from './localTime';

/** Milliseconds: 14 days, so that every day of the week comes twice. */
const SEARCHED = 14 * 24 * 60 * MINUTE;

/** Thousands of items ask the same within a minute. Beyond this many answers, all are forgotten. */
const MOST_ANSWERS = 1_000;
const answers = new Map<string, number | undefined>();

/** Whether it is inside the window in every one of the zones. Milliseconds since 1970, UTC. */
export function isInside(window: CallingWindow, timeZones: readonly string[], at: number): boolean {
	return timeZones.every((zone) => isInsideIn(zone, window, at));
}

/**
 * The earliest moment after `now` that is inside the window in all of the zones, if `now` isn't.
 * Undefined if there is none within 14 days. Milliseconds since 1970, UTC.
 */
export function nextOpening(
	window: CallingWindow,
	timeZones: readonly string[],
	now: number,
): number | undefined {
	// A window opens when a clock shows its `from`, or when a clock is put forward: at a quarter of an hour, or as long
	// after one as `from` is.
	const later = (minutesOf(window.from) * MINUTE) % QUARTER_HOUR;
	const steps = later === 0 ? [0] : [0, later];
	const quarter = Math.floor(now / QUARTER_HOUR) * QUARTER_HOUR;
	const first = [...steps, QUARTER_HOUR].map((step) => quarter + step).find((at) => at > now)!;

	const asked = [window.from, window.to, ...window.days, ...timeZones, first].join(' ');
	if (!answers.has(asked)) {
		if (answers.size >= MOST_ANSWERS) answers.clear();
		answers.set(asked, search(window, timeZones, quarter, first, steps));
	}
	return answers.get(asked);
}

function search(
	window: CallingWindow,
	timeZones: readonly string[],
	quarter: number,
	first: number,
	steps: readonly number[],
): number | undefined {
	for (let start = quarter; start < quarter + SEARCHED; start += QUARTER_HOUR) {
		for (const step of steps) {
			const at = start + step;
			if (at >= first && isInside(window, timeZones, at)) return at;
		}
	}
	return undefined;
}

/**
 * A window that crosses midnight belongs to the day it starts on; with equal times it's the whole
 * day.
 */
function isInsideIn(timeZone: string, { from, to, days }: CallingWindow, at: number): boolean {
	const { minute, today, yesterday } = localTimeIn(timeZone, at);
	if (from === to) return days.includes(today);
	const hasBegun = minute >= minutesOf(from);
	const isOver = minute >= minutesOf(to);
	if (from < to) return days.includes(today) && hasBegun && !isOver;
	return (days.includes(today) && hasBegun) || (days.includes(yesterday) && !isOver);
}

function minutesOf(time: string): number {
	const [hours, minutes] = time.split(':').map(Number);
	return hours! * 60 + minutes!;
}

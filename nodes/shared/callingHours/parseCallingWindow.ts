import type { CallingWindow, Weekday } from './callingWindow';
import { DEFAULT_DAYS, DEFAULT_FROM, DEFAULT_TO, WEEKDAYS } from './callingWindow';

/** The option as it arrives: typed by a person, or made by an expression that may give anything. */
export interface CallingHoursOption {
	from?: unknown;
	to?: unknown;
	days?: unknown;
}

/** A sentence that says what is wrong and what to write instead. */
interface Problem {
	problem: string;
}

/**
 * Reads the option `callingHours`. What is missing has its default, and so has a time that is left empty. Times are
 * H:mm, HH:mm or HH:mm:00 (as spreadsheets write them), `to` may be 24:00. Days are a list or a text with commas,
 * "Monday" or "mon".
 */
export function parseCallingWindow(
	option: CallingHoursOption,
): { window: CallingWindow } | Problem {
	const from = readTime(option.from, DEFAULT_FROM);
	if (isProblem(from)) return from;
	const to = readTime(option.to === '24:00' ? '00:00' : option.to, DEFAULT_TO);
	if (isProblem(to)) return to;
	const days = readDays(option.days);
	if (isProblem(days)) return days;
	return { window: { from, to, days } };
}

function readTime(given: unknown, fallback: string): string | Problem {
	if (isEmpty(given)) return fallback;
	const text = asText(given).trim();
	const [, hours, minutes] = /^(\d{1,2}):(\d{2})(?::00)?$/.exec(text) ?? [];
	if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) {
		return {
			problem: `"${text}" is not a time of day. Write it as HH:mm, for example ${DEFAULT_FROM}.`,
		};
	}
	return `${hours.padStart(2, '0')}:${minutes}`;
}

/** In the order of the week, each day once. */
function readDays(given: unknown): readonly Weekday[] | Problem {
	if (given === undefined || given === null) return DEFAULT_DAYS;
	const list = Array.isArray(given) ? given : asText(given).split(',');
	const names = list.filter((name) => !isEmpty(name)).map((name) => asText(name).trim());
	const unknown = names.find((name) => weekdayCalled(name) === undefined);
	if (unknown !== undefined) {
		return {
			problem: `"${unknown}" is not a day of the week. Write it in English, for example Monday or Mon.`,
		};
	}
	if (names.length === 0) {
		return {
			problem: 'No day of the week is chosen, so nobody could ever be called. Choose a day.',
		};
	}
	const chosen = new Set(names.map(weekdayCalled));
	return WEEKDAYS.filter((day) => chosen.has(day));
}

function weekdayCalled(name: string): Weekday | undefined {
	const lower = name.toLowerCase();
	return WEEKDAYS.find((day) => day === lower || day.slice(0, 3) === lower);
}

function isProblem(read: string | readonly Weekday[] | Problem): read is Problem {
	return typeof read === 'object' && 'problem' in read;
}

function isEmpty(given: unknown): boolean {
	return given === undefined || given === null || (typeof given === 'string' && !given.trim());
}

function asText(given: unknown): string {
	return typeof given === 'string' ? given : JSON.stringify(given);
}

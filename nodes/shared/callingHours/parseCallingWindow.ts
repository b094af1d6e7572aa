import type { CallingWindow } from './callingWindow';
import { DEFAULT_DAYS, DEFAULT_FROM, DEFAULT_TO } from './callingWindow';
import { readTimeOfDay } from './readTimeOfDay';
import { readWeekdays } from './readWeekdays';

/** The option as it arrives: typed by a person, or from an expression that may return anything. */
export interface CallingHoursOption {
	from?: unknown;
	to?: unknown;
	days?: unknown;
}

/**
 * Reads the option `callingHours`. Missing values and empty times get their defaults.
 *
 * @throws CallError `badRequest` for what no one can read
 */
export function parseCallingWindow(option: CallingHoursOption): CallingWindow {
	const from = isEmpty(option.from) ? DEFAULT_FROM : readTimeOfDay(option.from, 'From');
	const to = isEmpty(option.to) ? DEFAULT_TO : readTimeOfDay(option.to, 'To');
	const days = option.days == null ? DEFAULT_DAYS : readWeekdays(option.days);
	return { from, to: to === '24:00' ? '00:00' : to, days };
}

function isEmpty(given: unknown): boolean {
	return given === undefined || given === null || (typeof given === 'string' && !given.trim());
}

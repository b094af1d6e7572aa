import { badRequest } from '../errors/badRequest';
import type { Weekday } from './callingWindow';
import { WEEKDAYS } from './callingWindow';

/** How a range is written: "Mon-Fri", "Mon – Fri", "Monday to Friday". */
const FROM_TO = /\s*(?:[-–—]|\bto\b|\bthrough\b|\bthru\b)\s*/gi;
const BETWEEN_DAYS = /[\s,;/&+]+|\band\b/i;

const SEVERAL: Record<string, readonly Weekday[]> = {
	weekday: WEEKDAYS.slice(1, 6),
	weekend: ['sunday', 'saturday'],
	daily: WEEKDAYS,
	everyday: WEEKDAYS,
	all: WEEKDAYS,
};

/**
 * Reads days of the week: a list, or a text such as "Mon, Wed", "Monday to Friday", "Fri–Mon" or "weekdays".
 *
 * @returns the days in the order of the week, each once
 * @throws CallError `badRequest` for any other text, or where no day is chosen
 */
export function readWeekdays(given: unknown): readonly Weekday[] {
	const written = (Array.isArray(given) ? given : [given]).map(asText).flatMap(splitDays);
	const read = written.map((text) => ({ text, days: daysCalled(text) }));
	const unknown = read.find(({ days }) => days === undefined);
	if (unknown) throw badRequest.hoursUnknownDay({ text: unknown.text });
	const chosen = new Set(read.flatMap(({ days }) => days ?? []));
	if (chosen.size === 0) throw badRequest.hoursWithoutDays();
	return WEEKDAYS.filter((day) => chosen.has(day));
}

function splitDays(text: string): string[] {
	const joined = text.replace(FROM_TO, '-').replace(/\b(?:every|all)\s+days?\b/gi, 'daily');
	return joined.split(BETWEEN_DAYS).filter((part) => part !== '');
}

function daysCalled(text: string): readonly Weekday[] | undefined {
	const several = SEVERAL[text.toLowerCase().replace(/s$/, '')];
	if (several) return several;
	const ends = text.split('-').map(dayCalled);
	const first = ends[0];
	const last = ends.at(-1);
	return first && last && ends.length <= 2 ? fromTo(first, last) : undefined;
}

/** Past the end of the week if needed: Friday to Monday is four days. */
function fromTo(first: Weekday, last: Weekday): readonly Weekday[] {
	const start = WEEKDAYS.indexOf(first);
	const length = ((WEEKDAYS.indexOf(last) - start + WEEKDAYS.length) % WEEKDAYS.length) + 1;
	return Array.from({ length }, (_, day) => WEEKDAYS[(start + day) % WEEKDAYS.length]!);
}

/** Two letters are enough to distinguish English days: "Mo", "Tues.", "Mondays". */
function dayCalled(name: string): Weekday | undefined {
	const lower = name
		.toLowerCase()
		.replace(/\.$/, '')
		.replace(/^weds$/, 'wed');
	if (lower.length < 2) return undefined;
	return WEEKDAYS.find((day) => day.startsWith(lower) || `${day}s` === lower);
}

function asText(given: unknown): string {
	return typeof given === 'string' ? given : (JSON.stringify(given) ?? '');
}

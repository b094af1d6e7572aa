import { badRequest } from '../errors/badRequest';

/** 9:00, 09.30, 09:00:00, 9am, 9:30 p.m. Seconds, which spreadsheets add, must be zero. */
const TIME = /^(\d{1,2})(?:[:.](\d{2})(?::00)?)?(?:\s*([ap])\.?\s?m\.?)?$/i;

/** A number alone may be an hour, minutes after midnight, or a spreadsheet's fraction of a day. */
const NUMBER = /^(?:-?\d+(?:\.\d|\.\d{3,})?|0\.\d+)$/;

/** In minutes. */
const END_OF_DAY = 24 * 60;

/**
 * Reads a time of day as people, spreadsheets and expressions write it.
 *
 * @param field its name on screen
 * @returns HH:mm, from 00:00 to 24:00
 * @throws CallError `badRequest` for anything else
 */
export function readTimeOfDay(given: unknown, field: 'From' | 'To'): string {
	const text = (typeof given === 'string' ? given : JSON.stringify(given)).trim();
	if (typeof given === 'number' || NUMBER.test(text)) {
		throw badRequest.hoursAsNumber({ text, field });
	}
	const time = minutesAfterMidnight(text);
	if (time === undefined) throw badRequest.hoursUnreadable({ text, field });
	if (time === END_OF_DAY && field === 'From') throw badRequest.hoursFromEndOfDay({ text });
	return `${twoDigits(Math.floor(time / 60))}:${twoDigits(time % 60)}`;
}

function minutesAfterMidnight(text: string): number | undefined {
	if (/^(?:12 )?noon$/i.test(text)) return 12 * 60;
	if (/^(?:12 )?midnight$/i.test(text)) return 0;
	const [, hour, minute, half] = TIME.exec(text) ?? [];
	if (hour === undefined) return undefined;
	const hours = half ? hoursOfHalf(Number(hour), half) : Number(hour);
	const time = hours * 60 + Number(minute ?? 0);
	return Number(minute ?? 0) < 60 && time <= END_OF_DAY ? time : undefined;
}

/** 12 AM is midnight and 12 PM is noon; there is no 0 AM and no 13 PM (NaN). */
function hoursOfHalf(hour: number, half: string): number {
	if (hour < 1 || hour > 12) return NaN;
	return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function twoDigits(number: number): string {
	return String(number).padStart(2, '0');
}

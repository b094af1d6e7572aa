/** A sentence that says what is wrong and what to write instead. */
export interface Problem {
	problem: string;
}

const HOW_TO_WRITE = 'Write it as HH:mm, such as 09:00, or with am or pm, such as 9:00 AM.';

/** 9:00, 09.30, 09:00:00, 9am, 9:30 p.m. Seconds, which spreadsheets add, are read only where they are zero. */
const TIME = /^(\d{1,2})(?:[:.](\d{2})(?::00)?)?(?:\s*([ap])\.?\s?m\.?)?$/i;

/** A number alone may be an hour, minutes after midnight or a spreadsheet's fraction of a day. */
const NUMBER = /^(?:-?\d+(?:\.\d|\.\d{3,})?|0\.\d+)$/;

/** In minutes. */
const END_OF_DAY = 24 * 60;

/**
 * Reads a time of day as people, spreadsheets and expressions write it.
 *
 * @param parameter the name of the field, for the sentence
 * @returns HH:mm, from 00:00 to 24:00
 */
export function readTimeOfDay(given: unknown, parameter: 'From' | 'To'): string | Problem {
	const text = (typeof given === 'string' ? given : JSON.stringify(given)).trim();
	const about = `"${text}" in '${parameter}'`;
	if (typeof given === 'number' || NUMBER.test(text)) {
		return { problem: `${about} is a number, not a time of day. ${HOW_TO_WRITE}` };
	}
	const time = minutesAfterMidnight(text);
	if (time === undefined) return { problem: `${about} isn't a time of day. ${HOW_TO_WRITE}` };
	if (time === END_OF_DAY && parameter === 'From') {
		return { problem: `${about} is the end of a day. For its beginning, write 00:00.` };
	}
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

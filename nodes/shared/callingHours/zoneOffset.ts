import { DAY, MINUTE } from './wallClock';

/** How far a zone's wall clock is ahead of UTC, and how long it certainly stays so. Milliseconds. */
export interface ZoneOffset {
	offset: number;
	/** The first moment for which the offset must be asked again. */
	until: number;
}

/** One stretch of time in one zone, and the clock change within it, if any. */
interface Week {
	before: number;
	after: number;
	/** When `after` begins; the end of the week if nothing changes. */
	changesAt: number;
}

/** No zone changes its clock twice within a week; some do within a month (Morocco around Ramadan). */
const WEEK = 7 * DAY;

/** A year of weeks in every zone of the data is about 15,000; beyond this all are forgotten and asked again. */
const MOST_WEEKS = 20_000;

const weeks = new Map<string, Week>();
const formatters = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError for a zone that this Node.js does not know */
export function zoneOffsetAt(timeZone: string, instant: number): ZoneOffset {
	const start = Math.floor(instant / WEEK) * WEEK;
	const week = weekFrom(timeZone, start);
	return instant < week.changesAt
		? { offset: week.before, until: week.changesAt }
		: { offset: week.after, until: start + WEEK };
}

function weekFrom(timeZone: string, start: number): Week {
	const key = `${timeZone} ${start}`;
	let week = weeks.get(key);
	if (!week) {
		if (weeks.size >= MOST_WEEKS) weeks.clear();
		week = readWeek(timeZone, start);
		weeks.set(key, week);
	}
	return week;
}

function readWeek(timeZone: string, start: number): Week {
	const before = readOffset(timeZone, start);
	const after = readOffset(timeZone, start + WEEK);
	let unchanged = start;
	let changesAt = start + WEEK;
	// Clocks change at full minutes: halve the stretch until one minute is left.
	while (before !== after && changesAt - unchanged > MINUTE) {
		const middle = Math.floor((unchanged + changesAt) / 2 / MINUTE) * MINUTE;
		if (readOffset(timeZone, middle) === before) unchanged = middle;
		else changesAt = middle;
	}
	return { before, after, changesAt };
}

/** Reads "GMT+05:45", and "GMT" for none, from Node's own time zone rules. */
function readOffset(timeZone: string, instant: number): number {
	const [, sign, hours, minutes] =
		/GMT([+-])(\d\d):(\d\d)/.exec(formatterFor(timeZone).format(instant)) ?? [];
	const ahead = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE;
	return sign === '-' ? -ahead : ahead;
}

function formatterFor(timeZone: string): Intl.DateTimeFormat {
	let formatter = formatters.get(timeZone);
	if (!formatter) {
		formatter = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
		formatters.set(timeZone, formatter);
	}
	return formatter;
}

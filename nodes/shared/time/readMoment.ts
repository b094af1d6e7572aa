import { offsetIn } from '../callingHours/localTime';
import { isRecord } from '../isRecord';

const WITH_OFFSET = /(z|[+-]\d\d:?\d\d)$/i;

/**
 * A moment from a date field or an expression: a text, a JavaScript date, or a Luxon date.
 *
 * @param timeZone of a text that doesn't name one, such as Europe/London
 * @returns milliseconds since 1970; undefined for anything else
 */
export function readMoment(given: unknown, timeZone: string): number | undefined {
	const time = typeof given === 'string' ? ofText(given.trim(), timeZone) : ofObject(given);
	return Number.isFinite(time) ? time : undefined;
}

function ofText(text: string, timeZone: string): number {
	const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
	if (!isDay && WITH_OFFSET.test(text)) return Date.parse(text);
	const asUtc = Date.parse(isDay ? `${text}T00:00Z` : `${text.replace(' ', 'T')}Z`);
	if (Number.isNaN(asUtc)) return NaN;
	// If clocks change in between, the offset is that of the moment itself.
	const near = asUtc - offsetIn(timeZone, asUtc);
	return asUtc - offsetIn(timeZone, near);
}

function ofObject(given: unknown): number {
	if (!isRecord(given) && !(given instanceof Date)) return NaN;
	return Number((given as { valueOf(): unknown }).valueOf());
}

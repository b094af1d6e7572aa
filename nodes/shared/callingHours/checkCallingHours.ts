import type { NumberType } from 'libphonenumber-js';
import type { CallingWindow } from './callingWindow';
import { capitalised, describeWindow } from './callingWindow';
import { nextSharedOpening } from './nextSharedOpening';
import { timeZonesOf } from './timeZonesOf';
import { weekdayOf } from './wallClock';
import { zoneOffsetAt } from './zoneOffset';

export type CallingHoursAnswer = { allowed: true } | OutsideCallingHours;

export interface OutsideCallingHours {
	allowed: false;
	/** Every zone the number may be in; none if nothing is known about its place. */
	timeZones: string[];
	/** The next moment at which the number may be called, ISO 8601 in UTC. Absent if there is none within a year. */
	nextAllowedAt?: string;
	/** A sentence for the user. */
	reason: string;
}

/**
 * Whether a number may be called now: it must be inside the window in every time zone the number may be in.
 * A number about whose place nothing is known may not be called at all.
 *
 * @param e164 the number with its plus sign
 * @param type what libphonenumber-js' full metadata says the number is
 * @param window as `parseCallingWindow` gives it
 * @param now milliseconds since 1970, UTC
 */
export function checkCallingHours(
	e164: string,
	type: NumberType,
	window: CallingWindow,
	now: number,
): CallingHoursAnswer {
	const timeZones = [...timeZonesOf(e164, type)];
	if (timeZones.length === 0) {
		const reason = `It is not known in which time zone ${e164} is, so its calling hours cannot be kept.`;
		return { allowed: false, timeZones, reason };
	}
	const opening = nextSharedOpening(window, timeZones, now);
	if (opening === now) return { allowed: true };
	if (opening === undefined) {
		const reason =
			`${e164} may be in any of ${timeZones.length} time zones, and there is no moment at which it is ` +
			`${describeWindow(window)} in all of them.`;
		return { allowed: false, timeZones, reason };
	}
	return {
		allowed: false,
		timeZones,
		nextAllowedAt: new Date(opening).toISOString(),
		reason: `${whereItIsClosed(window, timeZones, now)} Calls are placed ${describeWindow(window)}.`,
	};
}

/** "It is Monday 21:30 in Europe/London." */
function whereItIsClosed(window: CallingWindow, timeZones: string[], now: number): string {
	const zone = timeZones.find((one) => nextSharedOpening(window, [one], now) !== now) as string;
	const local = now + zoneOffsetAt(zone, now).offset;
	const time = new Date(local).toISOString().slice(11, 16);
	return `It is ${capitalised(weekdayOf(local))} ${time} in ${zone}.`;
}

import { skipReasons } from '../errors/skipReasons';
import type { CallingWindow } from './callingWindow';
import { capitalized, describeWindow } from './callingWindow';
import { localTimeIn } from './localTime';
import { isInside, nextOpening } from './nextOpening';
import { timeZonesOf, type PlacedNumber } from './timeZonesOf';

export type CallingHoursAnswer = { allowed: true } | OutsideCallingHours;

export interface OutsideCallingHours {
	allowed: false;
	/** Every zone the number may be in; none if its location isn't known. */
	timeZones: readonly string[];
	/**
	 * The next time at which the number may be called, ISO 8601 in UTC. Absent if there is none
	 * within 14 days.
	 */
	nextAllowedAt?: string;
	/** A sentence for the user. */
	reason: string;
}

/**
 * Whether a number may be called now: it must be inside the window in every time zone the number
 * may be in. A number whose location isn't known may not be called at all.
 *
 * @param window from `parseCallingWindow`
 * @param now milliseconds since 1970, UTC
 */
export function checkCallingHours(
	number: PlacedNumber,
	window: CallingWindow,
	now: number,
): CallingHoursAnswer {
	const timeZones = timeZonesOf(number);
	if (timeZones.length === 0) {
		return { allowed: false, timeZones, reason: skipReasons.unknownTimeZone(number) };
	}
	if (isInside(window, timeZones, now)) return { allowed: true };
	const hours = describeWindow(window);
	const opening = nextOpening(window, timeZones, now);
	if (opening === undefined) {
		const { phoneNumber } = number;
		const reason = skipReasons.neverOpen({ phoneNumber, count: timeZones.length, hours });
		return { allowed: false, timeZones, reason };
	}
	return {
		allowed: false,
		timeZones,
		nextAllowedAt: new Date(opening).toISOString(),
		reason: skipReasons.closed({ ...whereItIsClosed(window, timeZones, now), hours }),
	};
}

/** Such as Monday 21:30 in Europe/London. */
function whereItIsClosed(window: CallingWindow, timeZones: readonly string[], now: number) {
	const timeZone = timeZones.find((one) => !isInside(window, [one], now))!;
	const { today, minute } = localTimeIn(timeZone, now);
	const time = [Math.floor(minute / 60), minute % 60].map((n) => String(n).padStart(2, '0'));
	return { weekday: capitalized(today), time: time.join(':'), timeZone };
}

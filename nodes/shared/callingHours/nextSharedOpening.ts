import type { CallingWindow } from './callingWindow';
import { DAY, nextOpening } from './wallClock';
import { zoneOffsetAt } from './zoneOffset';

/** Clock changes come round once a year: what did not happen in one will not happen. Whole weeks, for the cache. */
const SEARCHED = 54 * 7 * DAY;
const STEP = 7 * DAY;

/** What was found for one window and one list of zones, and from which moment on it is true. */
interface Finding {
	from: number;
	/** The moment, or nothing if there was none up to `searchedTo`. */
	opening: number | undefined;
	searchedTo: number;
}

/** Batches ask about few windows and few lists of zones; beyond this all are forgotten and searched again. */
const MOST_FINDINGS = 1_000;
const findings = new Map<string, Finding>();

/**
 * The earliest moment, from `now` on, at which it is inside the window in every one of the zones; `now` itself if it
 * is already. Nothing if there is no such moment within a year. Milliseconds since 1970, UTC.
 */
export function nextSharedOpening(
	window: CallingWindow,
	timeZones: readonly string[],
	now: number,
): number | undefined {
	const searchedTo = Math.floor(now / STEP) * STEP + SEARCHED;
	const key = [window.from, window.to, ...window.days, ...timeZones].join(' ');
	const known = findings.get(key);
	if (known && holdsAt(known, now, searchedTo)) return known.opening;

	const opening = search(window, timeZones, now, searchedTo);
	if (findings.size >= MOST_FINDINGS) findings.clear();
	findings.set(key, { from: now, opening, searchedTo });
	return opening;
}

/** A search answers for every moment between its start and what it found. */
function holdsAt(finding: Finding, now: number, searchedTo: number): boolean {
	if (now < finding.from) return false;
	return finding.opening === undefined ? finding.searchedTo === searchedTo : now <= finding.opening;
}

/** Goes from zone to zone, each time to where that zone opens, until all agree. */
function search(
	window: CallingWindow,
	timeZones: readonly string[],
	now: number,
	searchedTo: number,
): number | undefined {
	let moment = now;
	let agreed = 0;
	for (let turn = 0; agreed < timeZones.length; turn++) {
		const zone = timeZones[turn % timeZones.length]!;
		const opening = openingIn(zone, window, moment, searchedTo);
		if (opening === undefined) return undefined;
		agreed = opening === moment ? agreed + 1 : 1;
		moment = opening;
	}
	return moment;
}

function openingIn(
	timeZone: string,
	window: CallingWindow,
	from: number,
	searchedTo: number,
): number | undefined {
	// The wall clock is followed only as far as it runs evenly; after a change of the clock it is read again. So an
	// hour that is skipped opens nothing, and an hour that comes twice counts twice.
	for (let moment = from; moment < searchedTo; ) {
		const { offset, until } = zoneOffsetAt(timeZone, moment);
		const opening = nextOpening(window, moment + offset) - offset;
		if (opening < until) return opening;
		moment = until;
	}
	return undefined;
}

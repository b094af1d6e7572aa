import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { CallingWindow } from '../../../nodes/shared/callingHours/callingWindow.ts';
import { WEEKDAYS } from '../../../nodes/shared/callingHours/callingWindow.ts';
import { checkCallingHours } from '../../../nodes/shared/callingHours/checkCallingHours.ts';
import { timeZonesOf } from '../../../nodes/shared/callingHours/timeZonesOf.ts';
import { understood } from '../../support/unit/callingHours/numbers.mts';

const MINUTE = 60_000;
const QUARTER_HOUR = 15 * MINUTE;
const DAY = 96 * QUARTER_HOUR;

/** Landlines and mobiles, one zone and many, every kind of clock change there is. */
const NUMBERS = [
	['+442071838750', 'London'],
	['+12125550123', 'New York'],
	['+16025550123', 'Phoenix'],
	['+17095550123', 'Newfoundland'],
	['+18002345678', 'US toll-free'],
	['+34612345678', 'Spanish mobile'],
	['+61412345678', 'Australian mobile'],
	['+64211234567', 'New Zealand mobile'],
	['+79161234567', 'Russian mobile'],
	['+97714412345', 'Kathmandu'],
	['+6433051234', 'Chatham'],
	['+5511912345678', 'São Paulo mobile'],
	['+56221234567', 'Santiago de Chile'],
	['+2025123456', 'Cairo'],
	['+96265001234', 'Amman'],
	['+97226212345', 'Jerusalem'],
] as const;

const time = fc
	.tuple(
		fc.integer({ min: 0, max: 23 }),
		fc.oneof(fc.constantFrom(0, 15, 30, 45), fc.integer({ min: 0, max: 59 })),
	)
	.map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

const callingWindow: fc.Arbitrary<CallingWindow> = fc.record({
	from: time,
	to: time,
	days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
});

/** From 2024 to 2034, and half of them in the weeks in which most clocks change. */
const moment = fc.oneof(
	fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2035, 0) }),
	fc
		.tuple(
			fc.integer({ min: 2024, max: 2034 }),
			fc.constantFrom(2, 3, 8, 9, 10),
			fc.integer({ min: 0, max: 31 * DAY }),
		)
		.map(([year, month, later]) => Date.UTC(year, month) + later),
);

function minutesOf(time: string): number {
	return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The rule as a person would check it: look at the clock in each zone. */
function isInside(window: CallingWindow, zones: readonly string[], instant: number): boolean {
	const from = minutesOf(window.from);
	const to = minutesOf(window.to);
	return zones.every((zone) => {
		const clock = DateTime.fromMillis(instant, { zone });
		const shown = clock.hour * 60 + clock.minute;
		const today = window.days.includes(WEEKDAYS[clock.weekday % 7]!);
		const yesterday = window.days.includes(WEEKDAYS[clock.weekday - 1]!);
		if (from === to) return today;
		if (from < to) return today && from <= shown && shown < to;
		return (today && from <= shown) || (yesterday && shown < to);
	});
}

/** The first moment after another one at which it is inside, found by looking at each minute or quarter of an hour. */
function firstInside(
	window: CallingWindow,
	zones: readonly string[],
	{ after, before, step }: { after: number; before: number; step: number },
): string | undefined {
	for (let at = (Math.floor(after / step) + 1) * step; at < before; at += step) {
		if (isInside(window, zones, at)) return new Date(at).toISOString();
	}
	return undefined;
}

const runs = { seed: 20_261_123, numRuns: 200 };

describe.each(NUMBERS)('%s (%s), whatever the window and the moment', (e164) => {
	const number = understood(e164);
	const zones = timeZonesOf(number);

	it('is allowed exactly when the clock in every zone is inside the window', () => {
		const check = fc.property(callingWindow, moment, (window, now) => {
			const { allowed } = checkCallingHours(number, window, now);
			expect(allowed).toBe(isInside(window, zones, now));
		});
		fc.assert(check, runs);
	});

	it('is allowed at the moment named next, and at none before', () => {
		const check = fc.property(callingWindow, moment, (window, now) => {
			const answer = checkCallingHours(number, window, now);
			if (answer.allowed) return;
			const next = answer.nextAllowedAt ? Date.parse(answer.nextAllowedAt) : Infinity;
			expect(next).toBeGreaterThan(now);
			if (next < Infinity) expect(isInside(window, zones, next)).toBe(true);
			const quarters = { after: now, before: Math.min(next, now + 8 * DAY), step: QUARTER_HOUR };
			expect(firstInside(window, zones, quarters)).toBeUndefined();
			const after = Math.max(now, Math.min(next, now + DAY) - 2 * QUARTER_HOUR);
			const minutes = { after, before: Math.min(next, now + DAY), step: MINUTE };
			expect(firstInside(window, zones, minutes)).toBeUndefined();
		});
		fc.assert(check, { ...runs, numRuns: 25 });
	});
});

describe('a number in eleven time zones, looked at every minute', () => {
	const number = understood('+79161234567');
	const zones = timeZonesOf(number);
	const now = Date.UTC(2026, 6, 14, 12);

	it('has no earlier moment than the one named next', () => {
		const window = { from: '09:10', to: '19:20', days: ['friday'] as const };
		const first = firstInside(window, zones, { after: now, before: Infinity, step: MINUTE });
		expect(checkCallingHours(number, window, now)).toMatchObject({ nextAllowedAt: first });
	});

	it('has none in the 14 days where the answer is that there is none', () => {
		const window = { from: '09:00', to: '19:00', days: WEEKDAYS };
		const answer = checkCallingHours(number, window, now);
		expect(answer.allowed).toBe(false);
		expect(answer).not.toHaveProperty('nextAllowedAt');
		const twoWeeks = { after: now, before: now + 14 * DAY, step: MINUTE };
		expect(firstInside(window, zones, twoWeeks)).toBeUndefined();
	});
});

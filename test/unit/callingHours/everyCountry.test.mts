import { getCountries, type CountryCode } from 'libphonenumber-js/max';
import { DateTime } from 'luxon';

import {
	DEFAULT_FROM,
	DEFAULT_TO,
	WEEKDAYS,
} from '../../../nodes/shared/callingHours/callingWindow.ts';
import { checkCallingHours } from '../../../nodes/shared/callingHours/checkCallingHours.ts';
import { timeZonesOf, type PlacedNumber } from '../../../nodes/shared/callingHours/timeZonesOf.ts';
import { someNumbers } from '../../support/unit/callingHours/numbers.mts';

const EVERY_DAY = { from: DEFAULT_FROM, to: DEFAULT_TO, days: WEEKDAYS };
const DAYS = ['2026-01-14', '2026-07-15'];
const TWO_WEEKS = 14 * 24 * 3_600_000;

/** The most common clock of the countries that have several. */
const MAINLAND: Partial<Record<CountryCode, string>> = {
	AU: 'Australia/Sydney',
	BR: 'America/Sao_Paulo',
	CA: 'America/Toronto',
	CD: 'Africa/Kinshasa',
	CL: 'America/Santiago',
	CN: 'Asia/Shanghai',
	EC: 'America/Guayaquil',
	ES: 'Europe/Madrid',
	FM: 'Pacific/Pohnpei',
	GL: 'America/Nuuk',
	ID: 'Asia/Jakarta',
	KI: 'Pacific/Tarawa',
	MN: 'Asia/Ulaanbaatar',
	MX: 'America/Mexico_City',
	NZ: 'Pacific/Auckland',
	PF: 'Pacific/Tahiti',
	PG: 'Pacific/Port_Moresby',
	PT: 'Europe/Lisbon',
	RU: 'Europe/Moscow',
	UA: 'Europe/Kyiv',
	US: 'America/New_York',
};

/** Clocks by which nobody lives, or which are not the law of the country that CLDR counts them to. */
const NOT_FOLLOWED = ['America/Danmarkshavn', 'Asia/Urumqi', 'Europe/Simferopol'];

/** Countries whose mobile numbers are tied to an area with a clock of its own. */
const BY_AREA: readonly CountryCode[] = ['BR', 'CA', 'MX', 'US'];

/** From Kaliningrad to Kamchatka are ten hours: two in the afternoon in Moscow is eleven at night there. */
const TOO_WIDE: readonly CountryCode[] = ['RU'];

/** Every clock in a country, as Unicode's CLDR has them, which is no source of the tables. */
function clocksIn(country: CountryCode): readonly string[] {
	if (country === 'XK') return ['Europe/Belgrade'];
	if (country === 'AC' || country === 'TA') return ['Atlantic/St_Helena'];
	const found = clocks.get(country) ?? zonesOfRegion(country);
	clocks.set(country, found);
	return found;
}

const clocks = new Map<CountryCode, readonly string[]>();

/** A property in Node.js 20, a method in later ones; TypeScript knows neither. */
function zonesOfRegion(country: CountryCode): readonly string[] {
	const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
		timeZones: string[];
		getTimeZones?(): string[];
	};
	return locale.getTimeZones?.() ?? locale.timeZones;
}

function mainlandOf(country: CountryCode): string {
	return MAINLAND[country] ?? clocksIn(country)[0]!;
}

const moments = new Map<string, number>();

function at(time: string, day: string, zone: string): number {
	const asked = `${day}T${time} ${zone}`;
	if (!moments.has(asked)) {
		moments.set(asked, DateTime.fromISO(`${day}T${time}`, { zone }).toMillis());
	}
	return moments.get(asked)!;
}

const noons = new Map<string, string>();

/** When it is noon there in winter and in summer: the same for zones that show the same time. */
function noonIn(zone: string): string {
	if (!noons.has(zone)) noons.set(zone, DAYS.map((day) => at('12:00', day, zone)).join());
	return noons.get(zone)!;
}

function noonsIn(zones: readonly string[]): Set<string> {
	return new Set(zones.map(noonIn));
}

function isAllowed(number: PlacedNumber, moment: number): boolean {
	return checkCallingHours(number, EVERY_DAY, moment).allowed;
}

function isCalledWithinTwoWeeks(number: PlacedNumber, now: number): boolean {
	const answer = checkCallingHours(number, EVERY_DAY, now);
	const next = answer.allowed ? now : Date.parse(answer.nextAllowedAt ?? 'never');
	return next <= now + TWO_WEEKS && isAllowed(number, next);
}

/** Countries whose plan serves others too, without its being seen in a number which of them it is. */
const SERVED: Partial<Record<CountryCode, CountryCode[]>> = { AU: ['CC', 'CX'] };

/** Those numbers that may be somewhere where it is another time than anywhere in their country. */
function outsideTheirCountry(numbers: readonly PlacedNumber[], assumed: CountryCode) {
	return numbers.filter((number) => {
		const country = (number.country ?? assumed) as CountryCode;
		const known = noonsIn([country, ...(SERVED[country] ?? [])].flatMap(clocksIn));
		return timeZonesOf(number).some((zone) => !known.has(noonIn(zone)));
	});
}

const mobiles = getCountries().map(
	(country) => [country, someNumbers(country, 'MOBILE', 300)] as const,
);

test('there are hundreds of mobile numbers of every country to try', () => {
	const few = mobiles.filter(([, numbers]) => numbers.length < 100).map(([country]) => country);
	expect(few).toEqual([]);
});

describe.each(mobiles)('a mobile number of %s', (country, numbers) => {
	const own = clocksIn(country);
	const mainland = mainlandOf(country);

	it('is in the time zones of its country, as another source knows them', () => {
		expect(noonsIn(own).size === 1 || country in MAINLAND).toBe(true);
		expect(outsideTheirCountry(numbers, country)).toEqual([]);
	});

	it('may be wherever in its country people live, unless it is tied to an area', () => {
		const narrow = numbers.filter((number) => {
			if (BY_AREA.includes(country) || number.numberType !== 'MOBILE') return false;
			const possible = noonsIn(timeZonesOf(number));
			const everywhere = clocksIn((number.country ?? country) as CountryCode);
			return everywhere.some((zone) => !NOT_FOLLOWED.includes(zone) && !possible.has(noonIn(zone)));
		});
		expect(narrow).toEqual([]);
	});

	it.each(DAYS)('is called at 14:00 of its own clock, on %s', (day) => {
		const refused = numbers.filter((number) => {
			if (TOO_WIDE.includes(country)) return false;
			const clock = BY_AREA.includes(country) ? timeZonesOf(number)[0]! : mainland;
			return !isAllowed(number, at('14:00', day, clock));
		});
		expect(refused).toEqual([]);
	});

	it.each(DAYS)('is not called at 04:00 of any clock that it may have, on %s', (day) => {
		const awake = numbers.filter((number) => {
			const zones = BY_AREA.includes(country) ? timeZonesOf(number) : own;
			return [mainland, ...zones].some((clock) => isAllowed(number, at('04:00', day, clock)));
		});
		expect(awake).toEqual([]);
	});

	it.each(DAYS)('is called within 14 days of %s', (day) => {
		const now = at('04:00', day, mainland);
		expect(numbers.filter((number) => !isCalledWithinTwoWeeks(number, now))).toEqual([]);
	});
});

describe.each(getCountries())('a landline of %s', (country) => {
	const numbers = someNumbers(country, 'FIXED_LINE', 100);

	it('is in time zones of its country', () => {
		expect(outsideTheirCountry(numbers, country)).toEqual([]);
	});

	it.each(DAYS)('is not called at 04:00 of any clock that it may have, on %s', (day) => {
		const awake = numbers.filter((number) =>
			timeZonesOf(number).some((zone) => isAllowed(number, at('04:00', day, zone))),
		);
		expect(awake).toEqual([]);
	});
});

describe.each(['TOLL_FREE', 'PERSONAL_NUMBER', 'UAN', 'VOIP', 'SHARED_COST'] as const)(
	'a number of the kind %s, which is tied to no place',
	(kind) => {
		const numbers = getCountries().flatMap((country) => someNumbers(country, kind, 30));

		it('exists in many countries', () => {
			expect(new Set(numbers.map(({ country }) => country)).size).toBeGreaterThan(20);
		});

		it.each(DAYS)('is not called at 04:00 in any country that it serves, on %s', (day) => {
			const awake = numbers.filter(({ country, ...number }) => {
				const clock = mainlandOf(country as CountryCode);
				return isAllowed({ country, ...number }, at('04:00', day, clock));
			});
			expect(awake).toEqual([]);
		});

		it.each(DAYS)('is called within 14 days of %s', (day) => {
			const now = at('04:00', day, 'UTC');
			expect(numbers.filter((number) => !isCalledWithinTwoWeeks(number, now))).toEqual([]);
		});
	},
);

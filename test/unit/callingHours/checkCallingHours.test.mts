import type { Weekday } from '../../../nodes/shared/callingHours/callingWindow.ts';
import { DEFAULT_DAYS, WEEKDAYS } from '../../../nodes/shared/callingHours/callingWindow.ts';
import { checkCallingHours } from '../../../nodes/shared/callingHours/checkCallingHours.ts';
import { understood } from '../../support/unit/callingHours/numbers.mts';

const LONDON = '+442071838750';
const NEW_YORK = '+12125550123';
const PHOENIX = '+16025550123';
const SPANISH_MOBILE = '+34612345678';
const RUSSIAN_MOBILE = '+79161234567';

interface Asked {
	from?: string;
	to?: string;
	days?: readonly Weekday[];
	at: string;
}

function check(e164: string, { from = '09:00', to = '20:00', days = DEFAULT_DAYS, at }: Asked) {
	return checkCallingHours(understood(e164), { from, to, days }, Date.parse(at));
}

/** What matters of the answer: 'allowed', the next allowed moment, or 'never'. */
function whenAllowed(e164: string, asked: Asked) {
	const answer = check(e164, asked);
	return answer.allowed ? 'allowed' : (answer.nextAllowedAt ?? 'never').replace(':00.000Z', 'Z');
}

describe('by the clock on the wall of the person called', () => {
	it.each([
		['the moment it opens', '2026-01-14T09:00:00Z', 'allowed'],
		['the last second before', '2026-01-14T08:59:59Z', '2026-01-14T09:00Z'],
		['the last second inside', '2026-01-14T19:59:59Z', 'allowed'],
		['the moment it closes', '2026-01-14T20:00:00Z', '2026-01-15T09:00Z'],
		['Saturday night', '2026-01-17T20:30:00Z', '2026-01-19T09:00Z'],
		['Sunday', '2026-01-18T12:00:00Z', '2026-01-19T09:00Z'],
	])('London, %s', (_when, at, expected) => {
		expect(whenAllowed(LONDON, { at })).toBe(expected);
	});

	it.each([
		['New York', NEW_YORK, '14:00'],
		['Los Angeles', '+13105550123', '17:00'],
		['Phoenix', PHOENIX, '16:00'],
		['Mumbai', '+912224937747', '03:30'],
		['Kathmandu', '+97714412345', '03:15'],
		['the west of Australia', '+61892211234', '01:00'],
		['Brisbane', '+61731234567', '23:00'],
		['São Paulo', '+551123456789', '12:00'],
		['Vladivostok', '+74232123456', '23:00'],
	])('nine in the morning of %s is %s at %s UTC in January', (_place, e164, time) => {
		const day = time === '23:00' ? '2026-01-13' : '2026-01-14';
		expect(whenAllowed(e164, { at: `${day}T${time}:00Z` })).toBe('allowed');
		const justBefore = new Date(Date.parse(`${day}T${time}:00Z`) - 1).toISOString();
		expect(whenAllowed(e164, { at: justBefore })).toBe(`${day}T${time}Z`);
	});

	it.each([
		['Jamaica, which is one zone: 14:00', '+18762101234', '2026-07-15T19:00Z', 'allowed'],
		['Trinidad: 14:00', '+18687804765', '2026-07-15T18:00Z', 'allowed'],
		['Kazakhstan, which has one time: 10:00', '+77011234567', '2026-07-15T05:00Z', 'allowed'],
		['a toll-free number: 09:00 in Adak', '+18005550199', '2026-07-15T18:00Z', 'allowed'],
		['a toll-free number: 08:59 in Adak', '+18005550199', '2026-07-15T17:59Z', '2026-07-15T18:00Z'],
		[
			'a toll-free number: 20:00 in St. John’s',
			'+18005550199',
			'2026-07-15T22:30Z',
			'2026-07-16T18:00Z',
		],
		['Chihuahua: 20:30', '+526141234567', '2026-07-16T02:30Z', '2026-07-16T15:00Z'],
		['South Sudan: 08:08', '+211912345678', '2026-07-15T06:08Z', '2026-07-15T07:00Z'],
		[
			'Kentucky: 08:30 in most of area 364',
			'+13642001234',
			'2026-07-15T13:30Z',
			'2026-07-15T14:00Z',
		],
	])('%s', (_place, e164, at, expected) => {
		expect(whenAllowed(e164, { at })).toBe(expected);
	});

	it('goes by the day of the week there, not here', () => {
		// Sunday 23:30 UTC is Monday 10:30 in Sydney.
		const at = '2026-01-18T23:30:00Z';
		expect(whenAllowed('+61291234567', { at })).toBe('allowed');
		expect(whenAllowed('+61291234567', { at, days: ['sunday'] })).toBe('2026-01-24T22:00Z');
	});

	it('says in words why not', () => {
		expect(check(LONDON, { at: '2026-07-18T20:30:00Z', days: ['monday', 'friday'] })).toEqual({
			allowed: false,
			timeZones: ['Europe/London'],
			nextAllowedAt: '2026-07-20T08:00:00.000Z',
			reason:
				'It is Saturday 21:30 in Europe/London. Calls are placed 09:00–20:00 on Monday, Friday.',
		});
		expect(check(LONDON, { at: '2026-07-18T20:30:00Z', days: WEEKDAYS })).toMatchObject({
			reason: 'It is Saturday 21:30 in Europe/London. Calls are placed 09:00–20:00 every day.',
		});
	});
});

describe('a window whose times are not full quarters of an hour', () => {
	const odd = { from: '09:05', to: '09:08' };

	it.each([
		['the second before it opens', '2026-01-14T09:04:59Z', '2026-01-14T09:05Z'],
		['the moment it opens', '2026-01-14T09:05:00Z', 'allowed'],
		['the last second inside', '2026-01-14T09:07:59Z', 'allowed'],
		['the moment it closes', '2026-01-14T09:08:00Z', '2026-01-15T09:05Z'],
	])('opens and closes to the minute: %s', (_when, at, expected) => {
		expect(whenAllowed(LONDON, { ...odd, at })).toBe(expected);
	});

	it('also where a quarter of an hour is part of the zone', () => {
		expect(whenAllowed('+97714412345', { ...odd, at: '2026-01-14T00:00:00Z' })).toBe(
			'2026-01-14T03:20Z',
		);
	});

	it('may be open for a minute in the day for a number of many zones', () => {
		const minute = { from: '09:07', to: '19:08', at: '2026-01-14T12:00:00Z' };
		expect(whenAllowed(RUSSIAN_MOBILE, minute)).toBe('2026-01-15T07:07Z');
	});
});

describe('windows over midnight', () => {
	const night = { from: '22:00', to: '02:00', days: ['friday'] as const };

	it.each([
		['Friday 21:59', '2026-01-16T21:59:00Z', '2026-01-16T22:00Z'],
		['Friday 22:00', '2026-01-16T22:00:00Z', 'allowed'],
		['Saturday 01:59, which is still Friday night', '2026-01-17T01:59:00Z', 'allowed'],
		['Saturday 02:00', '2026-01-17T02:00:00Z', '2026-01-23T22:00Z'],
		['Friday 01:00, which is Thursday night', '2026-01-16T01:00:00Z', '2026-01-16T22:00Z'],
	])('belong to the day on which they start: %s', (_when, at, expected) => {
		expect(whenAllowed(LONDON, { ...night, at })).toBe(expected);
	});

	it('are the whole of each chosen day when both times are the same', () => {
		const sundays = { from: '09:00', to: '09:00', days: ['sunday'] as const };
		expect(whenAllowed(LONDON, { ...sundays, at: '2026-01-18T00:00:00Z' })).toBe('allowed');
		expect(whenAllowed(LONDON, { ...sundays, at: '2026-01-18T23:59:59Z' })).toBe('allowed');
		expect(whenAllowed(LONDON, { ...sundays, at: '2026-01-19T00:00:00Z' })).toBe(
			'2026-01-25T00:00Z',
		);
	});
});

describe('when the clocks change', () => {
	const everyDay = { days: WEEKDAYS };

	it('nine in the morning comes an hour earlier after the change to summer time', () => {
		// In New York on 8 March 2026, in London on 29 March.
		const evening = (day: string) => ({ ...everyDay, at: `${day}T23:00:00-04:00` });
		expect(whenAllowed(NEW_YORK, evening('2026-03-06'))).toBe('2026-03-07T14:00Z');
		expect(whenAllowed(NEW_YORK, evening('2026-03-07'))).toBe('2026-03-08T13:00Z');
		expect(whenAllowed(LONDON, evening('2026-03-27'))).toBe('2026-03-28T09:00Z');
		expect(whenAllowed(LONDON, evening('2026-03-28'))).toBe('2026-03-29T08:00Z');
	});

	it('and an hour later after the change back', () => {
		const evening = (day: string) => ({ ...everyDay, at: `${day}T22:00:00-04:00` });
		expect(whenAllowed(NEW_YORK, evening('2026-10-30'))).toBe('2026-10-31T13:00Z');
		expect(whenAllowed(NEW_YORK, evening('2026-10-31'))).toBe('2026-11-01T14:00Z');
	});

	it('Phoenix, where they do not change, keeps its hour', () => {
		for (const day of ['2026-03-07', '2026-03-08', '2026-07-14', '2026-11-01']) {
			expect(whenAllowed(PHOENIX, { ...everyDay, at: `${day}T12:00:00Z` })).toBe(`${day}T16:00Z`);
		}
	});

	it('an hour that is skipped opens nothing', () => {
		// London's clocks go from 01:00 to 02:00.
		const skipped = { ...everyDay, from: '01:15', to: '01:45' };
		expect(whenAllowed(LONDON, { ...skipped, at: '2026-03-29T00:30:00Z' })).toBe(
			'2026-03-30T00:15Z',
		);
		const partly = { ...everyDay, from: '01:15', to: '02:30' };
		expect(whenAllowed(LONDON, { ...partly, at: '2026-03-29T00:30:00Z' })).toBe(
			'2026-03-29T01:00Z',
		);
	});

	it('an hour that comes twice counts twice', () => {
		// London's clocks go back from 02:00 (01:00 UTC) to 01:00.
		const repeated = { ...everyDay, from: '01:15', to: '01:45' };
		const at = (time: string) => ({ ...repeated, at: `2026-10-25T${time}:00Z` });
		expect(whenAllowed(LONDON, at('00:14'))).toBe('2026-10-25T00:15Z');
		expect(whenAllowed(LONDON, at('00:44'))).toBe('allowed');
		expect(whenAllowed(LONDON, at('00:45'))).toBe('2026-10-25T01:15Z');
		expect(whenAllowed(LONDON, at('01:44'))).toBe('allowed');
		expect(whenAllowed(LONDON, at('01:45'))).toBe('2026-10-26T01:15Z');
	});

	it('also where they change by half an hour, or a quarter hour is part of the zone', () => {
		// Every Australian mobile may be on Lord Howe Island (+10:30, from 4 October 2026 +11:00) and in Perth (+08:00).
		const mobile = '+61412345678';
		const evening = { ...everyDay, from: '00:00', to: '20:00' };
		expect(whenAllowed(mobile, { ...evening, at: '2026-10-03T09:29:59Z' })).toBe('allowed');
		expect(whenAllowed(mobile, { ...evening, at: '2026-10-03T09:30:00Z' })).toBe(
			'2026-10-03T16:00Z',
		);
		expect(whenAllowed(mobile, { ...evening, at: '2026-10-04T08:59:59Z' })).toBe('allowed');
		expect(whenAllowed(mobile, { ...evening, at: '2026-10-04T09:00:00Z' })).toBe(
			'2026-10-04T16:00Z',
		);
		// There, clocks go from 02:00 (15:30 UTC) to 02:30.
		const nightOnLordHowe = { ...everyDay, from: '02:30', to: '02:40' };
		expect(whenAllowed('+61255053123', { ...nightOnLordHowe, at: '2026-10-03T15:29:59Z' })).toBe(
			'2026-10-03T15:30Z',
		);
		// Chatham is at +12:45, from 27 September 2026 at +13:45.
		expect(whenAllowed('+6433051234', { ...everyDay, at: '2026-09-26T12:00:00Z' })).toBe(
			'2026-09-26T19:15Z',
		);
		expect(whenAllowed('+6433051234', { ...everyDay, at: '2026-09-25T12:00:00Z' })).toBe(
			'2026-09-25T20:15Z',
		);
	});
});

describe('a number that may be in several time zones', () => {
	it('is called only when it is inside the window in all of them', () => {
		// In January Madrid is at +01:00, the Canary Islands are at +00:00.
		expect(whenAllowed(SPANISH_MOBILE, { at: '2026-01-14T08:30:00Z' })).toBe('2026-01-14T09:00Z');
		expect(whenAllowed(SPANISH_MOBILE, { at: '2026-01-14T18:59:00Z' })).toBe('allowed');
		expect(whenAllowed(SPANISH_MOBILE, { at: '2026-01-14T19:00:00Z' })).toBe('2026-01-15T09:00Z');
		expect(check(SPANISH_MOBILE, { at: '2026-01-14T19:00:00Z' })).toMatchObject({
			timeZones: ['Atlantic/Canary', 'Europe/Madrid'],
			reason: expect.stringContaining('It is Wednesday 20:00 in Europe/Madrid.') as string,
		});
	});

	it('has no more than the hours that all of them share', () => {
		// From Kaliningrad (+02:00) to Kamchatka (+12:00).
		expect(whenAllowed(RUSSIAN_MOBILE, { at: '2026-07-14T12:00:00Z' })).toBe('2026-07-15T07:00Z');
		expect(whenAllowed(RUSSIAN_MOBILE, { at: '2026-07-15T07:59:59Z' })).toBe('allowed');
		expect(whenAllowed(RUSSIAN_MOBILE, { at: '2026-07-15T08:00:00Z' })).toBe('2026-07-16T07:00Z');
	});

	it('is not called if they share none within 14 days, and the answer says so in words', () => {
		const morning = { from: '09:00', to: '12:00', at: '2026-07-14T12:00:00Z' };
		const answer = check(RUSSIAN_MOBILE, morning);
		expect(answer).toEqual({
			allowed: false,
			timeZones: expect.arrayContaining(['Europe/Kaliningrad', 'Asia/Kamchatka']) as string[],
			reason:
				'+79161234567 may be in any of 11 time zones, and there is no moment in the next 14 days at ' +
				'which it is 09:00–12:00 on Monday, Tuesday, Wednesday, Thursday, Friday, Saturday in all of them.',
		});
		expect(answer).not.toHaveProperty('nextAllowedAt');
	});

	it('is looked at for 14 days, and not until a season in which they share some', () => {
		// Between Easter Island and Punta Arenas are three hours, in Chile’s summer from 6 September 2026 two.
		const morning = { from: '09:00', to: '11:30', days: WEEKDAYS };
		const asked = (at: string) => whenAllowed('+56961234567', { ...morning, at });
		expect(asked('2026-08-23T14:15:00Z')).toBe('2026-09-06T14:00Z');
		expect(asked('2026-08-23T13:59:59Z')).toBe('never');
	});

	it('may wait for the right day of the week, twice within the 14 days', () => {
		const fridays = { days: ['friday'] as const };
		expect(whenAllowed(LONDON, { ...fridays, at: '2026-07-17T19:00:00Z' })).toBe(
			'2026-07-24T08:00Z',
		);
		// Midnight to six in Kaliningrad is ten to four in Kamchatka.
		const never = { from: '00:00', to: '06:00', at: '2026-07-17T19:00:00Z' };
		expect(whenAllowed(RUSSIAN_MOBILE, { ...fridays, ...never })).toBe('never');
	});

	it('is never called if nothing is known about its place', () => {
		const answer = check('+80012345678', {
			from: '00:00',
			to: '00:00',
			days: WEEKDAYS,
			at: '2026-07-14T12:00:00Z',
		});
		expect(answer).toEqual({
			allowed: false,
			timeZones: [],
			reason: "The time zone of +80012345678 isn't known, so its calling hours can't be kept.",
		});
	});
});

it('answers the same whatever was asked before', () => {
	const asked = (at: string) => whenAllowed(SPANISH_MOBILE, { at });
	expect(asked('2026-01-14T19:30:00Z')).toBe('2026-01-15T09:00Z');
	expect(asked('2026-01-14T08:30:00Z')).toBe('2026-01-14T09:00Z');
	expect(asked('2026-01-14T09:30:00Z')).toBe('allowed');
	expect(asked('2026-01-14T23:30:00Z')).toBe('2026-01-15T09:00Z');
	expect(asked('2026-01-15T09:00:00Z')).toBe('allowed');
	expect(asked('2026-01-15T08:59:00Z')).toBe('2026-01-15T09:00Z');
	const onDay = (day: Weekday) => whenAllowed(LONDON, { at: '2026-01-14T20:00:00Z', days: [day] });
	expect(onDay('friday')).toBe('2026-01-16T09:00Z');
	expect(onDay('monday')).toBe('2026-01-19T09:00Z');
});

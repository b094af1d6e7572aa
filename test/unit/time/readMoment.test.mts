import { DateTime } from 'luxon';
import { readMoment } from '../../../nodes/shared/time/readMoment.ts';

const ZONE = 'America/New_York';

const read = (given: unknown) => {
	const time = readMoment(given, ZONE);
	return time === undefined ? undefined : new Date(time).toISOString();
};

test.each([
	['as a date field gives it', '2026-07-14T09:00:00'],
	['without seconds, with a blank', '2026-07-14 09:00'],
	['with an offset, which counts more than the time zone', '2026-07-14T15:00:00+02:00'],
	['in UTC', '2026-07-14T13:00:00Z'],
	['as a JavaScript date', new Date('2026-07-14T13:00:00Z')],
	[
		'as $now and other dates of Luxon, in their own time zone',
		DateTime.fromISO('2026-07-14T22:00', { zone: 'Asia/Tokyo' }),
	],
])('a moment %s is read in the time zone of the workflow', (_, given) => {
	expect(read(given)).toBe('2026-07-14T13:00:00.000Z');
});

test('a day begins at midnight of the time zone', () => {
	expect(read('2026-01-14')).toBe('2026-01-14T05:00:00.000Z');
	expect(read('2026-07-14')).toBe('2026-07-14T04:00:00.000Z');
});

test('a time on the day on which clocks change is that of the clocks on the wall', () => {
	expect(read('2026-11-01T00:30')).toBe('2026-11-01T04:30:00.000Z');
	expect(read('2026-11-01T03:00')).toBe('2026-11-01T08:00:00.000Z');
	expect(read('2026-03-08T03:30')).toBe('2026-03-08T07:30:00.000Z');
});

test.each([
	['an empty text', ''],
	['a word', 'tomorrow'],
	['a day in another notation', '14.07.2026'],
	['a number', 5],
	['nothing', null],
	['a JavaScript date without a time', new Date(NaN)],
	['an invalid date of Luxon', DateTime.invalid('unknown')],
	['an object', {}],
])('%s is no moment', (_, given) => {
	expect(read(given)).toBeUndefined();
});

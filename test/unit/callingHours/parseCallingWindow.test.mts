import { DEFAULT_DAYS, WEEKDAYS } from '../../../nodes/shared/callingHours/callingWindow.ts';
import {
	parseCallingWindow,
	type CallingHoursOption,
} from '../../../nodes/shared/callingHours/parseCallingWindow.ts';
import type { CallError } from '../../../nodes/shared/errors/callError.ts';

/** What the person is told to do. */
function whyRefused(option: CallingHoursOption): string | undefined {
	try {
		parseCallingWindow(option);
	} catch (error) {
		expect(error).toMatchObject({ code: 'badRequest', message: "'Calling Hours' can't be read" });
		return (error as CallError).details.description;
	}
	throw new Error('It was read');
}

const HOW_TO_WRITE = 'Write it as HH:mm, such as 09:00, or with am or pm, such as 9:00 AM.';

describe('hours that nothing is said about', () => {
	it('are 09:00 to 20:00, Monday to Saturday', () => {
		const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
		const window = { from: '09:00', to: '20:00', days };
		expect(parseCallingWindow({})).toEqual(window);
		expect(parseCallingWindow({ from: '', to: ' ', days: undefined })).toEqual(window);
		expect(parseCallingWindow({ from: null, to: null, days: null })).toEqual(window);
	});
});

describe('a time of day', () => {
	it.each([
		['9:00', '09:00'],
		['09:00', '09:00'],
		[' 9:05 ', '09:05'],
		['0:00', '00:00'],
		['23:59', '23:59'],
		['9.30', '09:30'],
		['00.30', '00:30'],
		['09:00:00', '09:00'],
		['9:00 AM', '09:00'],
		['9:00\u202fAM', '09:00'],
		['9:00:00 PM', '21:00'],
		['09:30am', '09:30'],
		['9am', '09:00'],
		['9 p.m.', '21:00'],
		['9 P. M.', '21:00'],
		['12 am', '00:00'],
		['12:30 AM', '00:30'],
		['12pm', '12:00'],
		['12:59 p.m.', '12:59'],
		['noon', '12:00'],
		['12 Noon', '12:00'],
		['Midnight', '00:00'],
	])('may be written as "%s", which is %s', (given, time) => {
		const window = { from: time, to: time, days: DEFAULT_DAYS };
		expect(parseCallingWindow({ from: given, to: given })).toEqual(window);
	});

	it('is read the same for every minute, with 24 hours or with am and pm', () => {
		for (let minute = 0; minute < 24 * 60; minute++) {
			const time = new Date(minute * 60_000);
			const from = time.toISOString().slice(11, 16);
			const inWords = time.toLocaleTimeString('en-US', { timeZone: 'UTC', timeStyle: 'short' });
			const read = { from, to: from, days: DEFAULT_DAYS };
			expect(parseCallingWindow({ from: `${from}:00`, to: inWords })).toEqual(read);
		}
	});

	it.each([['24:00'], ['24:00:00'], ['midnight'], ['12 AM']])(
		'at which calls end may be the end of the day, "%s"',
		(to) => {
			const window = { from: '09:00', to: '00:00', days: DEFAULT_DAYS };
			expect(parseCallingWindow({ to })).toEqual(window);
		},
	);

	it('at which calls begin is not the end of a day', () => {
		expect(whyRefused({ from: '24:00' })).toBe(
			`"24:00" in 'From' is the end of a day. For its beginning, write 00:00.`,
		);
	});

	it.each([
		['25:00'],
		['24:01'],
		['9:60'],
		['9:5'],
		['09:00:30'],
		['morning'],
		['-1:00'],
		['13 PM'],
		['0:30 AM'],
		['9 o’clock'],
		['9 am - 5 pm'],
		['2026-07-15T09:00:00Z'],
	])('is not "%s", and the person is told how to write it', (from) => {
		const problem = `"${from}" in 'From' isn't a time of day. ${HOW_TO_WRITE}`;
		expect(whyRefused({ from })).toBe(problem);
	});

	// What a spreadsheet holds for 09:00 is 0.375; 9.5 may be half past nine or 09:50.
	it.each([[9], [0.375], [0.5], [900], [-1], ['9'], ['0.375'], ['0.25'], ['9.5'], ['0900']])(
		'is not the number %p: an hour, minutes or a part of a day cannot be told apart',
		(to) => {
			const problem = `"${to}" in 'To' is a number, not a time of day. ${HOW_TO_WRITE}`;
			expect(whyRefused({ to })).toBe(problem);
		},
	);

	it('is no object that an expression gave', () => {
		const problem = `"{"a":1}" in 'To' isn't a time of day. ${HOW_TO_WRITE}`;
		expect(whyRefused({ to: { a: 1 } })).toBe(problem);
		expect(whyRefused({ to: true })).toContain(HOW_TO_WRITE);
		expect(whyRefused({ to: ['09:00'] })).toContain(HOW_TO_WRITE);
	});
});

describe('days', () => {
	/** As the editor lists them. */
	const short = (days: readonly string[]) => days.map((day) => day.slice(0, 3)).join(' ');

	it.each([
		[['wednesday', 'monday', 'monday'], 'mon wed'],
		[['Mon', 'WED'], 'mon wed'],
		[['Mon-Tue', 'sat'], 'mon tue sat'],
		['Monday, Wednesday', 'mon wed'],
		['mon,wed', 'mon wed'],
		['Mon/Wed/Fri', 'mon wed fri'],
		['Mon Wed; Fri', 'mon wed fri'],
		['Mondays and Fridays', 'mon fri'],
		['Mo, Tues., Weds, Thurs & Fr', 'mon tue wed thu fri'],
		['Mon-Fri', 'mon tue wed thu fri'],
		['Mon–Fri', 'mon tue wed thu fri'],
		['Monday — Friday', 'mon tue wed thu fri'],
		['Monday to Friday, Sunday', 'sun mon tue wed thu fri'],
		['tue through thu', 'tue wed thu'],
		['Fri-Mon', 'sun mon fri sat'],
		['Sat - Sun', 'sun sat'],
		['Mon-Mon', 'mon'],
		['Tue-Mon', 'sun mon tue wed thu fri sat'],
		['weekdays', 'mon tue wed thu fri'],
		['Weekend', 'sun sat'],
		['every day', 'sun mon tue wed thu fri sat'],
		['daily', 'sun mon tue wed thu fri sat'],
	])('may be written as %j, which is %s', (days, expected) => {
		expect(short(parseCallingWindow({ days }).days)).toBe(expected);
	});

	it('may be any range, round the end of the week too', () => {
		for (const [start, first] of WEEKDAYS.entries()) {
			for (const [end, last] of WEEKDAYS.entries()) {
				const inside = (_day: string, day: number) =>
					start <= end ? start <= day && day <= end : start <= day || day <= end;
				const window = { from: '09:00', to: '20:00', days: WEEKDAYS.filter(inside) };
				expect(parseCallingWindow({ days: `${first} - ${last.slice(0, 3)}` })).toEqual(window);
			}
		}
	});

	it.each([
		[['monday', 'Montag'], 'Montag'],
		['Mon-Wed-Fri', 'Mon-Wed-Fri'],
		['Mon-', 'Mon-'],
		['Mon-Foo', 'Mon-Foo'],
		['M, W, F', 'M'],
		['1-5', '1-5'],
		[[1], '1'],
		[{ name: 'monday' }, '{"name":"monday"}'],
	])('are not %j, and the person is told how to write them', (days, wrong) => {
		expect(whyRefused({ days })).toBe(
			`"${wrong}" in 'Days' isn't a day of the week. Write it in English, such as Monday, Mon or Mon-Fri.`,
		);
	});

	it.each([[[]], [''], [' , ']])('have to be chosen: %j is none', (days) => {
		expect(whyRefused({ days })).toBe(
			"'Days' is empty, so no one could ever be called. Choose at least one day.",
		);
	});
});

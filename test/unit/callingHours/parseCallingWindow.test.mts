import { DEFAULT_DAYS } from '../../../nodes/shared/callingHours/callingWindow.ts';
import { parseCallingWindow } from '../../../nodes/shared/callingHours/parseCallingWindow.ts';

describe('what a user gives as calling hours', () => {
	it('is 09:00 to 20:00, Monday to Saturday, where nothing is said', () => {
		const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
		const window = { from: '09:00', to: '20:00', days };
		expect(parseCallingWindow({})).toEqual({ window });
		expect(parseCallingWindow({ from: '', to: ' ', days: undefined })).toEqual({ window });
	});

	it.each([
		['9:00', '09:00'],
		['09:00', '09:00'],
		['09:00:00', '09:00'],
		[' 9:05 ', '09:05'],
		['0:00', '00:00'],
		['23:59', '23:59'],
	])('may write the time as "%s"', (given, time) => {
		const window = { from: time, to: time, days: DEFAULT_DAYS };
		expect(parseCallingWindow({ from: given, to: given })).toEqual({ window });
	});

	it('may end a day at 24:00', () => {
		const window = { from: '09:00', to: '00:00', days: DEFAULT_DAYS };
		expect(parseCallingWindow({ to: '24:00' })).toEqual({ window });
	});

	it.each([['25:00'], ['24:00'], ['9:60'], ['9'], ['9am'], ['09:00:30'], ['morning'], ['-1:00']])(
		'is told in words that "%s" is not a time of day',
		(from) => {
			const problem = `"${from}" is not a time of day. Write it as HH:mm, for example 09:00.`;
			expect(parseCallingWindow({ from })).toEqual({ problem });
		},
	);

	it('is told so for what an expression gave that is no text', () => {
		const problem = '"9" is not a time of day. Write it as HH:mm, for example 09:00.';
		expect(parseCallingWindow({ to: 9 })).toEqual({ problem });
		expect(parseCallingWindow({ to: { a: 1 } })).toEqual({
			problem: '"{"a":1}" is not a time of day. Write it as HH:mm, for example 09:00.',
		});
	});

	it.each([
		[['wednesday', 'monday', 'monday']],
		[['Mon', 'WED']],
		['Monday, Wednesday'],
		['mon,wed'],
	])('may write the days as %j', (days) => {
		const window = { from: '09:00', to: '20:00', days: ['monday', 'wednesday'] };
		expect(parseCallingWindow({ days })).toEqual({ window });
	});

	it('is told in words what is not a day, and that there must be one', () => {
		expect(parseCallingWindow({ days: ['monday', 'Montag'] })).toEqual({
			problem: '"Montag" is not a day of the week. Write it in English, for example Monday or Mon.',
		});
		for (const days of [[], '', ' , ']) {
			expect(parseCallingWindow({ days })).toEqual({
				problem: 'No day of the week is chosen, so nobody could ever be called. Choose a day.',
			});
		}
	});
});

import type { INodeParameters } from 'n8n-workflow';

import { useFastClock } from '../support/engine/fastClock.mts';
import { call, dialed, errorOf, polyAi } from '../support/engine/polyAi.mts';

const LONDON = '+442079460100';
const NEW_YORK = '+12125550123';
const WITH_DEFAULTS = { callingHours: { window: {} } };

function within(window: INodeParameters): INodeParameters {
	return { callingHours: { window } };
}

test('on a Monday evening nobody in London is called; the item says when it may be', async () => {
	useFastClock('2026-11-23T22:30:00Z');
	const { items } = await call([LONDON], { options: WITH_DEFAULTS });

	expect(items).toEqual([
		{
			json: {
				status: 'skipped',
				isFinal: true,
				phoneNumber: LONDON,
				country: 'GB',
				skipReason: 'outsideCallingHours',
				reason: expect.stringMatching(
					/^It is Monday 22:3\d in Europe\/London\. Calls are placed 09:00–20:00 on Monday, .*Saturday\.$/,
				),
				nextAllowedAt: '2026-11-24T09:00:00.000Z',
			},
			pairedItem: { item: 0 },
		},
	]);
	expect(polyAi.journal.requests).toEqual([]);
});

test('at the same moment one person is called and another, by the clock on her wall, is not', async () => {
	useFastClock('2026-11-23T10:00:00Z');
	const { items } = await call([LONDON, NEW_YORK], { options: WITH_DEFAULTS });

	expect(dialed()).toEqual([LONDON]);
	expect(items.map(({ json }) => json.status)).toEqual(['queued', 'skipped']);
	expect(items[1]?.json.nextAllowedAt).toBe('2026-11-23T14:00:00.000Z');
});

test('without the option everybody is called at any time', async () => {
	useFastClock('2026-11-22T03:00:00Z');
	await call([LONDON]);

	expect(dialed()).toEqual([LONDON]);
});

test('Trigger and Wait skips in the same way, and waits for nothing', async () => {
	useFastClock('2026-11-22T12:00:00Z');
	const { items } = await call([LONDON], { operation: 'triggerAndWait', options: WITH_DEFAULTS });

	expect(items[0]?.json).toMatchObject({
		status: 'skipped',
		skipReason: 'outsideCallingHours',
		nextAllowedAt: '2026-11-23T09:00:00.000Z',
	});
	expect(polyAi.journal.requests).toEqual([]);
});

test('outside the hours is an error when the user wants that', async () => {
	useFastClock('2026-11-23T22:30:00Z');
	const { items } = await call([LONDON], {
		options: within({ whenOutside: 'error' }),
		onError: 'continueRegularOutput',
	});

	expect(errorOf(items[0] ?? { json: {} })).toEqual({
		message: `${LONDON} is outside its calling hours`,
		code: 'notAllowed',
		phoneNumber: LONDON,
		description: expect.stringMatching(
			/^It is Monday 22:3\d in Europe\/London\. .* Next: 2026-11-24T09:00:00\.000Z$/,
		),
	});
	expect(polyAi.journal.requests).toEqual([]);
});

test('a call whose turn comes only after closing time is skipped', async () => {
	// Four minutes apart: a busy machine has two seconds to place the first one.
	useFastClock('2026-11-23T19:52:01Z');
	const people = [LONDON, '+442079460101', '+442079460102'];
	const { items } = await call(people, { options: { ...WITH_DEFAULTS, callsPerMinute: 0.25 } });

	expect(items.map(({ json }) => json.status)).toEqual(['queued', 'queued', 'skipped']);
	expect(dialed()).toEqual(people.slice(0, 2));
});

const HOW_TO_WRITE = 'Write it as HH:mm, such as 09:00, or with am or pm, such as 9:00 AM.';

test.each([
	[{ from: '9 o’clock' }, `"9 o’clock" in 'From' isn't a time of day. ${HOW_TO_WRITE}`],
	[{ to: '25:00' }, `"25:00" in 'To' isn't a time of day. ${HOW_TO_WRITE}`],
	[
		{ days: ['Lundi'] },
		`"Lundi" in 'Days' isn't a day of the week. Write it in English, such as Monday, Mon or Mon-Fri.`,
	],
	[{ days: [] }, "'Days' is empty, so no one could ever be called. Choose at least one day."],
])(
	'hours that cannot be read, %j, are explained, and nobody is called',
	async (window, problem) => {
		useFastClock('2026-11-23T12:00:00Z');
		const { items } = await call([LONDON], {
			options: within(window),
			onError: 'continueRegularOutput',
		});

		expect(errorOf(items[0] ?? { json: {} })).toEqual({
			message: `'Calling Hours' can't be read`,
			code: 'badRequest',
			description: problem,
		});
		expect(polyAi.journal.requests).toEqual([]);
	},
);

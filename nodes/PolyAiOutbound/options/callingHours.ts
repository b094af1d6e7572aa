import type { IDataObject } from 'n8n-workflow';
import {
	capitalized,
	DEFAULT_DAYS,
	DEFAULT_FROM,
	DEFAULT_TO,
	WEEKDAYS,
	type CallingWindow,
} from '../../shared/callingHours/callingWindow';
import { parseCallingWindow } from '../../shared/callingHours/parseCallingWindow';
import type { Option } from '../../n8n/option';

export interface CallingHours {
	window: CallingWindow;
	whenOutside: 'skip' | 'error';
}

const mondayFirst = [...WEEKDAYS.slice(1), ...WEEKDAYS.slice(0, 1)];

/** Nothing when the option was not added: calls are placed at any time. */
export const callingHours: Option<CallingHours | undefined> = {
	field: {
		displayName: 'Calling Hours',
		name: 'callingHours',
		type: 'fixedCollection',
		default: {
			window: { from: DEFAULT_FROM, to: DEFAULT_TO, days: [...DEFAULT_DAYS], whenOutside: 'skip' },
		},
		description:
			'When people may be called, by their own clock. The time zones come from the phone number; where it may be in several, all of them have to be inside these hours. Default: not limited.',
		options: [
			{
				displayName: 'Window',
				name: 'window',
				values: [
					{
						displayName: 'From',
						name: 'from',
						type: 'string',
						default: DEFAULT_FROM,
						placeholder: 'e.g. 09:00',
						description: 'Calls are placed from this time on, as HH:mm or as 9:00 AM',
					},
					{
						displayName: 'To',
						name: 'to',
						type: 'string',
						default: DEFAULT_TO,
						placeholder: 'e.g. 20:00',
						description:
							"No calls are placed from this time on, as HH:mm or as 8:00 PM. A time earlier than 'From' is on the next day.",
					},
					{
						displayName: 'Days',
						name: 'days',
						type: 'multiOptions',
						options: mondayFirst.map((day) => ({ name: capitalized(day), value: day })),
						default: [...DEFAULT_DAYS],
						description: 'Days of the week on which calls are placed, where the person is',
					},
					{
						displayName: 'When Outside',
						name: 'whenOutside',
						type: 'options',
						options: [
							{
								name: 'Return an Error',
								value: 'error',
								description: 'The item fails',
							},
							{
								name: 'Skip the Call',
								value: 'skip',
								description:
									'The item is returned with the status skipped and nextAllowedAt, ready for a Wait node',
							},
						],
						default: 'skip',
						description: 'What to do with a call outside these hours',
					},
				],
			},
		],
	},
	read(options) {
		if (options.callingHours === undefined) return undefined;
		const { window = {} } = options.callingHours as { window?: IDataObject };
		const { from, to, days, whenOutside } = window;
		return {
			window: parseCallingWindow({ from, to, days }),
			whenOutside: whenOutside === 'error' ? 'error' : 'skip',
		};
	},
};

import type { IDataObject } from 'n8n-workflow';
import { CallError } from '../../shared/callError';
import {
	capitalised,
	DEFAULT_DAYS,
	DEFAULT_FROM,
	DEFAULT_TO,
	WEEKDAYS,
	type CallingWindow,
} from '../../shared/callingHours/callingWindow';
import { parseCallingWindow } from '../../shared/callingHours/parseCallingWindow';
import type { Option } from './option';

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
			'When people may be called, by the clock where they are. The time zone comes from the phone number; every zone that the number may be in has to be inside the hours. Default: not limited.',
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
						description: 'The first time of day, as HH:mm. Default: 09:00.',
					},
					{
						displayName: 'To',
						name: 'to',
						type: 'string',
						default: DEFAULT_TO,
						placeholder: 'e.g. 20:00',
						description:
							'The time of day from which nobody is called any more, as HH:mm. Earlier than From means the next day. Default: 20:00.',
					},
					{
						displayName: 'Days',
						name: 'days',
						type: 'multiOptions',
						options: mondayFirst.map((day) => ({ name: capitalised(day), value: day })),
						default: [...DEFAULT_DAYS],
						description: 'The days of the week. Default: Monday to Saturday.',
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
									'The item comes out with status skipped and the next allowed moment, ready for a Wait node',
							},
						],
						default: 'skip',
						description: 'What to do with a call outside these hours. Default: Skip the Call.',
					},
				],
			},
		],
	},
	read(options) {
		if (options.callingHours === undefined) return undefined;
		const { window = {} } = options.callingHours as { window?: IDataObject };
		const { from, to, days, whenOutside } = window;
		const parsed = parseCallingWindow({ from, to, days });
		if ('window' in parsed) {
			return { window: parsed.window, whenOutside: whenOutside === 'error' ? 'error' : 'skip' };
		}
		throw new CallError('badRequest', 'The option Calling Hours cannot be read', {
			description: parsed.problem,
		});
	},
};

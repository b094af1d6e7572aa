import type { IDataObject, INodeProperties } from 'n8n-workflow';
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

const windowFields: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'from',
		type: 'string',
		default: DEFAULT_FROM,
		placeholder: 'e.g. 09:00',
		description: 'Calls are placed from this time on. Write it as HH:mm or 9:00 AM.',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: DEFAULT_TO,
		placeholder: 'e.g. 20:00',
		description:
			"No calls are placed from this time on. Write it as HH:mm or 8:00 PM. A time earlier than 'From' is on the next day.",
	},
	{
		displayName: 'Days',
		name: 'days',
		type: 'multiOptions',
		options: mondayFirst.map((day) => ({ name: capitalized(day), value: day })),
		default: [...DEFAULT_DAYS],
		description: 'Days of the week on which calls are placed, in the time zone of the person',
	},
];

const whenOutsideField: INodeProperties = {
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
				"The item comes out with the status skipped and 'nextAllowedAt', ready for a Wait node",
		},
	],
	default: 'skip',
	description: 'What to do with a call outside these hours',
};

const DEFAULT_WINDOW = { from: DEFAULT_FROM, to: DEFAULT_TO, days: [...DEFAULT_DAYS] };

const DESCRIPTION =
	'When people may be called, in their own time zone. The time zone comes from the phone number. If it may be in several, all of them must be within these hours.';

const field: INodeProperties = {
	displayName: 'Calling Hours',
	name: 'callingHours',
	type: 'fixedCollection',
	default: {},
	description: DESCRIPTION,
	options: [{ displayName: 'Window', name: 'window', values: windowFields }],
};

/** Undefined if the option wasn't added: calls are placed at any time. */
export const callingHours: Option<CallingHours | undefined> = {
	field: {
		...field,
		default: { window: { ...DEFAULT_WINDOW, whenOutside: 'skip' } },
		description: `${DESCRIPTION} Default: no limit.`,
		options: [
			{ displayName: 'Window', name: 'window', values: [...windowFields, whenOutsideField] },
		],
	},
	read(options) {
		if (options.callingHours === undefined) return undefined;
		const { whenOutside } = valuesOf(options);
		return {
			window: readWindow(options),
			whenOutside: whenOutside === 'error' ? 'error' : 'skip',
		};
	},
};

/**
 * The same for a campaign, in which people who are outside the hours just wait. Empty are the usual hours: n8n
 * can't load a workflow that lacks a field of this type whose default is not empty.
 */
export const campaignHours: Option<CallingWindow> = {
	field: {
		...field,
		placeholder: 'Add hours',
		description: `${DESCRIPTION} Default: ${DEFAULT_FROM} to ${DEFAULT_TO}, Monday to Saturday.`,
	},
	read: readWindow,
};

function valuesOf({ callingHours: given }: IDataObject): IDataObject {
	return (given as { window?: IDataObject } | undefined)?.window ?? {};
}

/** @throws CallError `badRequest` for what can't be read */
function readWindow(options: IDataObject): CallingWindow {
	return parseCallingWindow(valuesOf(options));
}

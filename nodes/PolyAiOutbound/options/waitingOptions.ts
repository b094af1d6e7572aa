import { choiceOption, numberOption } from '../../n8n/option';

/** PolyAI asks to read the status every 2 to 5 seconds. */
const pollInterval = numberOption({
	displayName: 'Poll Interval (Seconds)',
	name: 'pollInterval',
	default: 3,
	min: 2,
	max: 60,
	description: 'How many seconds to wait between two checks of the status of a call. Default: 3.',
});

/** PolyAI forgets a call two hours after its end. */
const waitTimeout = numberOption({
	displayName: 'Wait Timeout (Minutes)',
	name: 'waitTimeout',
	default: 15,
	min: 1,
	max: 120,
	description:
		'How many minutes to wait for a call to end. A timeout in the workflow settings takes precedence. Default: 15.',
});

const onTimeout = choiceOption({
	displayName: 'On Timeout',
	name: 'onTimeout',
	options: [
		{ name: 'Return an Error', value: 'error' },
		{
			name: 'Return the Last Status',
			value: 'returnStatus',
			description: "The item comes out with 'timedOut' set to true",
		},
	],
	default: 'returnStatus',
	description:
		"What to do if a call hasn't ended within the 'Wait Timeout'. The call itself goes on either way. Default: Return the Last Status.",
});

/** Of the operation that places calls and waits for them. */
export const maxLiveCalls = numberOption({
	displayName: 'Max Live Calls',
	name: 'maxLiveCalls',
	default: 0,
	min: 0,
	max: 1000,
	description:
		"Maximum number of calls of this run in progress at once. The next one is placed when one has ended. If calls outlast the 'Wait Timeout' and take up all the room, the rest aren't placed. Default: 0, which means no limit.",
});

export const waitingOptions = { pollInterval, waitTimeout, onTimeout };

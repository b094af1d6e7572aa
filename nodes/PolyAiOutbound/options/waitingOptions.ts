import { choiceOption, numberOption } from '../../n8n/option';

/** PolyAI asks to read the status every 2 to 5 seconds. */
const pollInterval = numberOption({
	displayName: 'Poll Interval (Seconds)',
	name: 'pollInterval',
	default: 3,
	min: 2,
	max: 60,
	description: 'How many seconds to wait before asking again how a call stands. Default: 3.',
});

/** PolyAI forgets a call two hours after its end. */
const waitTimeout = numberOption({
	displayName: 'Wait Timeout (Minutes)',
	name: 'waitTimeout',
	default: 15,
	min: 1,
	max: 120,
	description:
		'How many minutes to wait for a call to end. If the workflow has a timeout in its settings, that one comes first. Default: 15.',
});

const onTimeout = choiceOption({
	displayName: 'On Timeout',
	name: 'onTimeout',
	options: [
		{ name: 'Return an Error', value: 'error' },
		{
			name: 'Return the Last Status',
			value: 'returnStatus',
			description: 'The item comes out with timedOut set to true',
		},
	],
	default: 'returnStatus',
	description:
		'What to do with a call that has not ended within the Wait Timeout. It goes on all the same. Default: Return the Last Status.',
});

/** Of the operation that places calls and waits for them. */
export const maxLiveCalls = numberOption({
	displayName: 'Max Live Calls',
	name: 'maxLiveCalls',
	default: 0,
	min: 0,
	max: 1000,
	description:
		"How many calls of this run are in progress at once. The next one is placed when one has ended. If so many have not ended within the 'Wait Timeout' that there is no room left, the others are not placed. Default: 0, which means no limit.",
});

export const waitingOptions = { pollInterval, waitTimeout, onTimeout };

import { errorsOf } from './errorsOf';

export const timedOut = errorsOf('timedOut', {
	noRoom: [
		'{phoneNumber} was not called, since there was no room',
		"'Max Live Calls' leaves no room: calls before it may still be in progress. Raise it in the options, or 'Wait Timeout'.",
	],
	notEnded: [
		'The call had not ended after {time}',
		"Its last status was {status}. The call itself goes on. Raise 'Wait Timeout' in the options, or read the status later with Get Status.",
	],
	stopped: [
		'The run was stopped before this item was done',
		'Run the workflow again for what is left to do. A call that has a call SID goes on at PolyAI.',
	],
});

import type { INodeProperties } from 'n8n-workflow';

export const eventsField: INodeProperties = {
	displayName: 'Results',
	name: 'events',
	type: 'multiOptions',
	required: true,
	options: [
		{
			name: 'Failure',
			value: 'failure',
			description: 'The call did not connect or was not answered',
		},
		{
			name: 'Success',
			value: 'success',
			description: 'The call was completed. A voicemail counts too.',
		},
		{
			name: 'Unavailable',
			value: 'unavailable',
			description: 'PolyAI forgot the result before it could be read, two hours after the call',
		},
	],
	default: ['failure', 'success', 'unavailable'],
	description: 'Which results of a call start the workflow',
};

/** Under the trigger on the canvas. */
export const eventsSubtitle = `={{ $parameter.events.length === ${eventsField.options?.length} ? "On every ended call" : "On " + $parameter.events.join(" or ") }}`;

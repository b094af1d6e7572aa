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
			description: "The call didn't connect or wasn't answered",
		},
		{
			name: 'Success',
			value: 'success',
			description: 'The call took place. This includes voicemail.',
		},
		{
			name: 'Unavailable',
			value: 'unavailable',
			description: 'PolyAI deleted the result, two hours after the call, before it could be read',
		},
	],
	default: ['failure', 'success', 'unavailable'],
	description: 'Which results of a call start the workflow',
};

/** Under the trigger on the canvas. */
export const eventsSubtitle = `={{ $parameter.events.length === ${eventsField.options?.length} ? "On every ended call" : "On " + $parameter.events.join(" or ") }}`;

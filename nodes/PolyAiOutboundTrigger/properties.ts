import type { INodeProperties } from 'n8n-workflow';
import { authenticationField } from '../n8n/authentication';
import { fallBackToConversation } from '../PolyAiOutbound/options/fallBackToConversation';
import { keepEndedCalls } from './keepEndedCalls';
import { sources } from './sources/sources';

const sourceField: INodeProperties = {
	displayName: 'Source',
	name: 'source',
	type: 'options',
	noDataExpression: true,
	options: sources.map(({ name, value, description }) => ({ name, value, description })),
	default: 'trackedCalls',
	description: 'Which calls to watch',
};

const eventsField: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	required: true,
	options: [
		{
			name: 'Failure',
			value: 'failure',
			description: 'The call did not connect or was not answered',
		},
		{ name: 'Success', value: 'success', description: 'The call was completed' },
		{
			name: 'Unavailable',
			value: 'unavailable',
			description: 'PolyAI forgot the result before it could be read, two hours after the call',
		},
	],
	default: ['success', 'failure', 'unavailable'],
	description: 'Which ends of a call start the workflow. Default: all.',
};

const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [],
};

/** Twice, since one condition cannot say "either of the two". */
const optionsFields: INodeProperties[] = [
	{
		...optionsField,
		options: [fallBackToConversation.field],
		displayOptions: {
			show: { authentication: ['agentsApi'] },
			// The list of conversations falls back by itself.
			hide: { source: ['outboundConversations', 'callLog'] },
		},
	},
	{
		...optionsField,
		options: [fallBackToConversation.field, keepEndedCalls.field],
		displayOptions: { show: { source: ['callLog'] } },
	},
];

/** The node's whole panel. */
export const properties: INodeProperties[] = [
	authenticationField,
	sourceField,
	...sources.flatMap(({ value, fields }) => {
		return fields.map((field) => ({
			...field,
			displayOptions: { show: { source: [value], ...field.displayOptions?.show } },
		}));
	}),
	eventsField,
	...optionsFields,
];

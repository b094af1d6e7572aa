import type { INodeProperties } from 'n8n-workflow';
import { authenticationField } from '../n8n/authentication';
import { eventsField } from './events';
import { sources } from './sources/sources';

/** n8n's node picker looks under "Trigger On" for its entries, each with its action. */
const sourceField: INodeProperties = {
	displayName: 'Trigger On',
	name: 'source',
	type: 'options',
	noDataExpression: true,
	options: sources.map(({ name, value, action, description }) => ({
		name,
		value,
		action,
		description,
	})),
	default: 'trackedCalls',
	description: 'Which calls to watch',
};

const sameCredentialNotice: INodeProperties = {
	displayName:
		"Choose the PolyAI credential that the calls are placed with. Calls placed with other credentials aren't reported.",
	name: 'sameCredentialNotice',
	type: 'notice',
	default: '',
};

/** The node's whole panel. */
export const properties: INodeProperties[] = [
	authenticationField,
	sameCredentialNotice,
	sourceField,
	...sources.flatMap(({ value, fields }) => {
		return fields.map((field) => ({
			...field,
			displayOptions: { show: { source: [value], ...field.displayOptions?.show } },
		}));
	}),
	eventsField,
	...sources.map(({ value, options }) => ({
		displayName: 'Options',
		name: 'options',
		type: 'collection' as const,
		placeholder: 'Add option',
		default: {},
		options,
		displayOptions: { show: { source: [value] } },
	})),
];

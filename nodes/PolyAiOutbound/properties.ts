import type { INodeProperties } from 'n8n-workflow';
import { authenticationField } from '../n8n/authentication';
import { toolDescriptionField } from './agentTool';
import type { Operation } from './operation';
import { operations, resources } from './operations';

const resourceField: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: resources,
	default: 'call',
};

const callOperation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['call'] } },
	options: choicesOf('call'),
	default: 'trigger',
};

const campaignOperation: INodeProperties = {
	...callOperation,
	displayOptions: { show: { resource: ['campaign'] } },
	options: choicesOf('campaign'),
	default: 'run',
};

const conversationOperation: INodeProperties = {
	...callOperation,
	displayOptions: { show: { resource: ['conversation'] } },
	options: choicesOf('conversation'),
	default: 'get',
};

const phoneNumberOperation: INodeProperties = {
	...callOperation,
	displayOptions: { show: { resource: ['phoneNumber'] } },
	options: choicesOf('phoneNumber'),
	default: 'validate',
};

function choicesOf(resource: Operation['resource']) {
	return operations
		.filter((operation) => operation.resource === resource)
		.map(({ name, value, action, description }) => ({ name, value, action, description }));
}

function fieldsOf(operation: Operation): INodeProperties[] {
	const { resource, value, toolDescription, fields, options } = operation;
	const members = options
		.map(({ field }) => field)
		.sort((a, b) => a.displayName.localeCompare(b.displayName));
	const collection: INodeProperties = {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: members,
	};
	const optional = members.length > 0 ? [collection] : [];
	return [toolDescriptionField(toolDescription), ...fields, ...optional].map((field) => {
		const { show, hide } = field.displayOptions ?? {};
		const shown = { ...show, resource: [resource], operation: [value] };
		return { ...field, displayOptions: { show: shown, ...(hide && { hide }) } };
	});
}

/** Of campaigns, all but a run do without PolyAI. */
const WITHOUT_POLYAI = ['addPerson', 'getPeople', 'getProgress', 'stopPerson'];

/**
 * Numbers are checked, and people put into campaigns, without a credential of PolyAI. Neither a credential nor the choice of one has a condition
 * to show it by resource: n8n's editor takes the fields of such conditions for parts of that choice,
 * and hides them.
 */
export const withoutCredential = { resource: ['phoneNumber'], operation: WITHOUT_POLYAI };

/** The node's whole panel. */
export const properties: INodeProperties[] = [
	{ ...authenticationField, displayOptions: { hide: withoutCredential } },
	resourceField,
	callOperation,
	campaignOperation,
	conversationOperation,
	phoneNumberOperation,
	...operations.flatMap(fieldsOf),
];

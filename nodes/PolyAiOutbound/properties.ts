import type { INodeProperties } from 'n8n-workflow';
import { authenticationField } from '../n8n/authentication';
import { toolDescriptionField } from './agentTool';
import { getStatus } from './resources/call/getStatus';
import { trigger } from './resources/call/trigger';
import { triggerAndWait } from './resources/call/triggerAndWait';
import { waitForResult } from './resources/call/waitForResult';
import { get } from './resources/conversation/get';
import { getMany } from './resources/conversation/getMany';
import { getRecording } from './resources/conversation/getRecording';
import type { Operation } from './operation';
import { block } from './resources/phoneNumber/block';
import { isBlocked } from './resources/phoneNumber/isBlocked';
import { unblock } from './resources/phoneNumber/unblock';
import { validate } from './resources/phoneNumber/validate';

/** All that the node can do, in the order in which it is listed; n8n's node picker preselects the first. */
export const operations: readonly Operation[] = [
	trigger,
	triggerAndWait,
	getStatus,
	waitForResult,
	get,
	getMany,
	getRecording,
	validate,
	block,
	isBlocked,
	unblock,
];

export const resources: Array<{ name: string; value: Operation['resource'] }> = [
	{ name: 'Call', value: 'call' },
	{ name: 'Conversation', value: 'conversation' },
	{ name: 'Phone Number', value: 'phoneNumber' },
];

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
	return [toolDescriptionField(toolDescription), ...fields, collection].map((field) => {
		const { show, hide } = field.displayOptions ?? {};
		const shown = { ...show, resource: [resource], operation: [value] };
		return { ...field, displayOptions: { show: shown, ...(hide && { hide }) } };
	});
}

/**
 * Numbers are checked without a credential. Neither a credential nor the choice of one has a condition
 * to show it by resource: n8n's editor takes the fields of such conditions for parts of that choice,
 * and hides them.
 */
export const withoutCredential = { resource: ['phoneNumber'] };

/** The node's whole panel. */
export const properties: INodeProperties[] = [
	{ ...authenticationField, displayOptions: { hide: withoutCredential } },
	resourceField,
	callOperation,
	conversationOperation,
	phoneNumberOperation,
	...operations.flatMap(fieldsOf),
];

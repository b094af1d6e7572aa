import type { INodeProperties } from 'n8n-workflow';

/** Worded as in n8n's own nodes. */
export const simpleField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simple',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

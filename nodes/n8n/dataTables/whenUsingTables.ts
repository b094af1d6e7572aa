import type { IDisplayOptions, INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

/** An expression, whatever it gives. n8n fills it in by itself wherever the field belongs. */
const ANY_EXPRESSION = '={{ true }}';

/**
 * A field that nobody sees, beside a data table that is in use. n8n asks for a credential when all fields
 * of its condition fit, or as soon as one of them holds an expression: so this one is enough, whatever
 * else is chosen.
 */
export const tableInUse: INodeProperties = {
	displayName: 'Table in Use',
	name: 'tableInUse',
	type: 'hidden',
	default: ANY_EXPRESSION,
};

/** Fulfilled while the field is absent. */
const absent = [{ _cnd: { not: '' } }];

/**
 * When the credential of data tables is asked for: beside a do-not-call list, among the options or as a
 * field, or when the option Call Log was added, also while that still holds an empty text, which
 * `exists` takes for nothing; other conditions are fulfilled by an absent option in n8n 2.0 to 2.17.
 * n8n checks conditions for credentials as for fields; its types do not say so.
 */
export const whenUsingTables = {
	show: {
		'/options.doNotCallList.list.tableInUse': absent,
		'/tableInUse': absent,
		'/options.callLog': ['', { _cnd: { exists: true } }],
	},
	// Not by what to show it for: n8n's editor would hide the fields that are named there.
	hide: { resource: ['conversation', 'phoneNumber'], operation: ['getStatus', 'waitForResult'] },
} as IDisplayOptions as unknown as INodeCredentialDescription['displayOptions'];

import type { IDisplayOptions, INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

/**
 * Any expression will do. n8n fills it in by itself wherever the field belongs. What it gives looks like
 * an expression as well: a field's list is loaded with the values that expressions give.
 */
const ANY_EXPRESSION = "={{ '=' }}";

/**
 * A hidden field next to a data table in use. n8n asks for a credential if all fields of its
 * condition match, or as soon as one of them holds an expression. So this one is enough, whatever
 * else is chosen.
 */
export const tableInUse: INodeProperties = {
	displayName: 'Table in Use',
	name: 'tableInUse',
	type: 'hidden',
	default: ANY_EXPRESSION,
};

/** True while the field is absent. */
const absent = [{ _cnd: { not: '' } }];

/**
 * When the data tables' credential is asked for: next to a do-not-call list, as an option or as a
 * field, or when the option Call Log was added, even while it still holds an empty text, which
 * `exists` treats as absent; other conditions match an absent option in n8n 2.0 to 2.17. n8n checks
 * conditions for credentials like those for fields, although its types don't say so.
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

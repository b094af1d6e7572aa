import type {
	IDisplayOptions,
	IDataObject,
	ILoadOptionsFunctions,
	INodeCredentialDescription,
	INodeListSearchResult,
	INodeProperties,
	NodeParameterValueType,
} from 'n8n-workflow';
import { createTable, listTables } from '../../shared/callLog/logTables';
import { textOf } from '../../shared/textOf';
import { nodeErrorOf } from '../nodeError';
import { openN8nApi } from '../dataTables/openN8nApi';

/** What a new call log is called when nobody says. */
const USUAL_NAME = 'PolyAI calls';

/** The data table of the call log, worded as in n8n's own Data Table node. */
export const callLogField: INodeProperties = {
	displayName: 'Call Log',
	name: 'callLog',
	type: 'resourceLocator',
	default: { mode: 'name', value: USUAL_NAME },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: {
				searchListMethod: 'searchCallLogs',
				searchable: true,
				allowNewResource: {
					label: 'Create a new call log',
					defaultName: USUAL_NAME,
					method: 'createCallLog',
				},
			},
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: `e.g. ${USUAL_NAME}` },
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. Fm0pXCjSNfVWbgxm' },
	],
};

/**
 * Shown when the option was added, also while it still holds an empty text, which `exists` takes for
 * nothing; other conditions are fulfilled by an absent option in n8n 2.0 to 2.17. n8n checks
 * conditions for credentials as for fields; its types do not say so.
 */
export const whenLogging = {
	show: { '/options.callLog': ['', { _cnd: { exists: true } }] },
	// Not by what to show it for: n8n's editor would hide the fields that are named there.
	hide: { resource: ['conversation', 'phoneNumber'], operation: ['getStatus', 'waitForResult'] },
} as IDisplayOptions as unknown as INodeCredentialDescription['displayOptions'];

/** What the list of that field offers. */
export async function searchCallLogs(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	return await saidByNode(this, async () => {
		const tables = await listTables(await openN8nApi(this));
		const wanted = filter.trim().toLowerCase();
		const fitting = tables.filter(({ name }) => name.toLowerCase().includes(wanted));
		return { results: fitting.map(({ id, name }) => ({ name, value: id })) };
	});
}

/** "Create a new call log" of that list, under the name that was searched for. */
export async function createCallLog(
	this: ILoadOptionsFunctions,
	payload: IDataObject | string | undefined,
): Promise<NodeParameterValueType> {
	return await saidByNode(this, async () => {
		const name = textOf(payload).trim() || USUAL_NAME;
		return (await createTable(await openN8nApi(this), name)).id;
	});
}

async function saidByNode<Value>(
	context: ILoadOptionsFunctions,
	work: () => Promise<Value>,
): Promise<Value> {
	return await work().catch((error: unknown) => {
		return Promise.reject(nodeErrorOf(context.getNode(), error));
	});
}

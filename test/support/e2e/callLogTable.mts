import type { IDataObject } from 'n8n-workflow';
import { dataTable, type DataTableOfN8n } from './dataTableOfN8n.mts';
import type { Instance } from './instance.mts';

/** A call log in the data tables of a real n8n, and the credential with which our nodes find it. */
export interface CallLogTable extends DataTableOfN8n {
	credential: { id: string; name: string };
	name: string;
}

/** Creates it as a person does: by the entry "Create a new call log" of the list. */
export async function createCallLog(
	n8n: Instance,
	name: string,
	baseUrl = n8n.n8n.url,
): Promise<CallLogTable> {
	const apiKey = await n8n.client.createApiKey();
	const data = { baseUrl, apiKey };
	const credential = await n8n.client.createCredential('polyAiDataTablesApi', data, 'Call log');
	const id = await n8n.client.request<string>(
		'POST',
		'/rest/dynamic-node-parameters/action-result',
		{ handler: 'createCallLog', payload: { name }, ...listRequest(credential) },
	);
	return { credential, name, ...dataTable(n8n, apiKey, id) };
}

/** What the editor sends to fill the list of Call Log. */
export function listRequest(credential: { id: string; name: string }): IDataObject {
	return {
		path: 'parameters.callLog',
		nodeTypeAndVersion: { name: 'n8n-nodes-polyai.polyAiOutboundTrigger', version: 1 },
		currentNodeParameters: { source: 'callLog' },
		credentials: { polyAiDataTablesApi: credential },
	};
}

import type { IDataObject } from 'n8n-workflow';
import type { Instance } from './instance.mts';

type Row = Record<string, string | null>;

interface Page {
	data: Row[];
	nextCursor?: string | null;
}

/** A call log in the data tables of a real n8n, and the credential with which our nodes find it. */
export interface CallLogTable {
	credential: { id: string; name: string };
	id: string;
	name: string;
	rows(): Promise<Row[]>;
	/** n8n's public API, as anyone may use it. */
	api<Body>(method: string, path: string, body?: object): Promise<Body>;
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
	const api = async <Body,>(method: string, path: string, body?: object) => {
		const answer = await fetch(`${n8n.n8n.url}/api/v1${path}`, {
			method,
			headers: { 'x-n8n-api-key': apiKey, 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		return (await answer.json()) as Body;
	};
	return {
		credential,
		id,
		name,
		api,
		async rows() {
			const rows: Row[] = [];
			let next: string | null | undefined;
			do {
				const query = new URLSearchParams({ limit: '250', ...(next && { cursor: next }) });
				const page: Page = await api('GET', `/data-tables/${id}/rows?${query}`);
				rows.push(...page.data);
				next = page.nextCursor;
			} while (next);
			return rows;
		},
	};
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

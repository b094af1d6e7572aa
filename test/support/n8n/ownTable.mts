import type { RestClient } from './restClient.mts';

/**
 * A data table of n8n, which stands for someone's spreadsheet.
 *
 * @returns its ID
 */
export async function createOwnTable(
	client: RestClient,
	name: string,
	rows: Array<Record<string, string>>,
): Promise<string> {
	const { id: project } = await client.request<{ id: string }>('GET', '/rest/projects/personal');
	const tables = `/rest/projects/${project}/data-tables`;
	const columns = Object.keys(rows[0] ?? {}).map((column) => ({ name: column, type: 'string' }));
	const { id } = await client.request<{ id: string }>('POST', tables, { name, columns });
	await client.request('POST', `${tables}/${id}/insert`, { data: rows, returnType: 'count' });
	return id;
}

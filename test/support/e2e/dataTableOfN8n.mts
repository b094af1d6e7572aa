import type { Instance } from './instance.mts';

export type TableRow = Record<string, string | null>;

interface Page {
	data: TableRow[];
	nextCursor?: string | null;
}

/** A data table of a real n8n, as anyone may use it. */
export interface DataTableOfN8n {
	id: string;
	rows(): Promise<TableRow[]>;
	/** n8n's public API. */
	api<Body>(method: string, path: string, body?: object): Promise<Body>;
}

export function dataTable(n8n: Pick<Instance, 'n8n'>, apiKey: string, id: string): DataTableOfN8n {
	const api = async <Body,>(method: string, path: string, body?: object) => {
		const answer = await fetch(`${n8n.n8n.url}/api/v1${path}`, {
			method,
			headers: { 'x-n8n-api-key': apiKey, 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		return (await answer.json()) as Body;
	};
	return {
		id,
		api,
		async rows() {
			const rows: TableRow[] = [];
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

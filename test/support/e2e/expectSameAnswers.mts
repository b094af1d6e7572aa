import { COLUMNS } from '../../../nodes/shared/campaign/campaignRow.ts';
import { askedOfTable } from './askedOfTable.mts';
import type { Instance } from './instance.mts';

type Answer = Array<Record<string, unknown>> | { data?: Array<Record<string, unknown>> } | true;

/** That n8n answers all that a campaign asks of its table as the table in memory does, on which our other tests rely. */
export async function expectSameAnswers({ client, n8n }: Instance): Promise<void> {
	const headers = {
		'x-n8n-api-key': await client.createApiKey(),
		'content-type': 'application/json',
	};
	const ask = async <Body,>(method: string, path: string, body?: object) => {
		const url = `${n8n.url}/api/v1${path}`;
		const answer = await fetch(url, { method, headers, body: JSON.stringify(body) });
		return (await answer.json()) as Body;
	};
	const columns = COLUMNS.map((name) => ({ name, type: 'string' }));
	const table = { name: 'Asked', columns };
	const { id } = await ask<{ id: string }>('POST', '/data-tables', table);
	const differences: object[] = [];
	for (const { request, answer } of await askedOfTable()) {
		const path = request.url.replace('http://n8n/api/v1/data-tables/t/', `/data-tables/${id}/`);
		const real = await ask<Answer>(request.method, path, request.body as object | undefined);
		const [inMemory, inN8n] = [comparable(answer as Answer), comparable(real)];
		if (JSON.stringify(inMemory) !== JSON.stringify(inN8n)) {
			const asked = `${request.method} ${decodeURIComponent(request.url)}`;
			differences.push({ asked, body: request.body, inMemory, inN8n });
		}
	}
	expect(differences).toEqual([]);
}

/** n8n adds when a row was written. */
function comparable(answer: Answer): unknown {
	const rows = Array.isArray(answer) ? answer : (answer as { data?: object[] }).data;
	if (!Array.isArray(rows)) return answer;
	return rows.map((row) =>
		['id', ...COLUMNS].map((name) => (row as Record<string, unknown>)[name]),
	);
}

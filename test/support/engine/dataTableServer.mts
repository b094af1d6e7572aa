import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import { COLUMNS } from '../../../nodes/shared/callLog/logRow.ts';
import { COLUMNS as OF_CAMPAIGN } from '../../../nodes/shared/campaign/campaignRow.ts';
import type { HttpAnswer, HttpRequest } from '../../../nodes/shared/http/transport.ts';
import { DataTable, type TableFault } from '../unit/dataTable.mts';

export interface DataTableServer {
	url: string;
	/** A data table with the name "Calls" and all columns of a call log. */
	table: DataTable;
	/** What happens to the next requests that write rows, and to those that change them. */
	faults: TableFault[];
	updateFaults: TableFault[];
	/** The names of the existing tables; all of them have the same rows, except … */
	names: string[];
	/** … those that have rows of their own, by their names. */
	others: Record<string, DataTable>;
	/** What happens to the next requests that create a table. */
	tableFaults: number[];
	/** From now on, requests with this API key do nothing: its process was killed. */
	cutOff(apiKey: string): void;
	reset(): void;
	close(): Promise<void>;
}

/**
 * Serves one data table over HTTP, with faults on demand. How a real n8n serves one is tested in
 * test/e2e/callLog.test.mts.
 */
export async function startDataTable(): Promise<DataTableServer> {
	let dead: string | undefined;
	const served: DataTableServer = {
		url: '',
		faults: [],
		updateFaults: [],
		names: ['Calls'],
		others: {},
		tableFaults: [],
		table: new DataTable(),
		cutOff: (apiKey) => (dead = apiKey),
		reset() {
			dead = undefined;
			served.faults = [];
			served.updateFaults = [];
			served.names = ['Calls'];
			served.others = {};
			served.tableFaults = [];
			served.table = new DataTable((index) => {
				const method = served.table.requests[index]?.method;
				if (method === 'GET') return 'none';
				return (method === 'POST' ? served.faults : served.updateFaults).shift() ?? 'none';
			});
		},
		async close() {
			server.closeAllConnections();
			await new Promise<void>((done) => server.close(() => done()));
		},
	};
	const server = createServer(async (request, response) => {
		const { method, url = '', headers } = request;
		const hasBody = method === 'POST' || method === 'PATCH';
		const body = hasBody ? await json(request) : undefined;
		const isDead = headers['x-n8n-api-key'] === dead;
		const answer = isDead
			? { status: 401, body: {} }
			: !url.includes('/rows')
				? tables(method, body)
				: await tableAt(url)
						.send({ method, url: served.url + url, body } as HttpRequest)
						.then(
							(given: HttpAnswer) => given,
							() => undefined,
						);
		if (!answer) return void request.socket.destroy();
		response.writeHead(answer.status, { 'content-type': 'application/json' });
		response.end(JSON.stringify(answer.body));
	});
	const tableAt = (url: string) => {
		const [, id = ''] = /data-tables\/([^/]+)\/rows/.exec(url) ?? [];
		return served.others[decodeURIComponent(id).replace('id of ', '')] ?? served.table;
	};
	const tables = (method = '', body: unknown) => {
		if (method === 'GET')
			return {
				status: 200,
				body: { data: [...served.names, ...Object.keys(served.others)].map(tableNamed) },
			};
		const status = served.tableFaults.shift() ?? 201;
		const { name } = body as { name: string };
		if (status === 201) served.names.push(name);
		return { status, body: tableNamed(name) };
	};
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	served.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	served.reset();
	return served;
}

function tableNamed(name: string) {
	const columns = [...new Set([...COLUMNS, ...OF_CAMPAIGN])];
	return { id: `id of ${name}`, name, columns: columns.map((column) => ({ name: column })) };
}

import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TinyServer {
	url: string;
	/** The headers of every request that arrived. */
	headers: IncomingHttpHeaders[];
	onRequest: () => void;
	close(): Promise<void>;
}

/** An HTTP server for one test of the harness; without `answers` it leaves requests open. */
export async function startTinyServer({ answers = true } = {}): Promise<TinyServer> {
	const server = createServer((request, response) => {
		tiny.headers.push(request.headers);
		tiny.onRequest();
		if (answers) response.end('{"answer":42}');
	});
	const tiny: TinyServer = {
		url: '',
		headers: [],
		onRequest: () => undefined,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	tiny.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return tiny;
}

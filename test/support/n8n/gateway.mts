import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A proxy between a client and n8n that sees all requests. */
export interface Gateway {
	url: string;
	/** Decides on every request; until it resolves, the request waits. Passes all if not set. */
	onRequest?: (request: { method: string; path: string; body: string }) => Promise<void>;
	close(): Promise<void>;
}

/** @param target n8n's address at the time of a request */
export async function startGateway(target: () => string): Promise<Gateway> {
	const server = createServer((request, response) => {
		// If n8n isn't there, the client must see just that: a broken connection.
		pass(request, response).catch(() => response.destroy());
	});
	async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { method = 'GET', url: path = '/' } = request;
		const body = await text(request);
		await gateway.onRequest?.({ method, path, body });
		const headers = { 'content-type': 'application/json', ...keyOf(request) };
		const sent = { method, headers, ...(body && { body }) };
		const answer = await fetch(target() + path, sent);
		const type = answer.headers.get('content-type') ?? 'text/plain';
		response.writeHead(answer.status, { 'content-type': type }).end(await answer.text());
	}
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const gateway: Gateway = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async close() {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
	return gateway;
}

function keyOf({ headers }: IncomingMessage): Record<string, string> {
	const key = headers['x-n8n-api-key'];
	return typeof key === 'string' ? { 'x-n8n-api-key': key } : {};
}

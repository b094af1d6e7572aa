import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

interface Sms {
	to: string;
	message: string;
}

/** Takes messages and sends none, on loopback. */
export interface SmsService {
	url: string;
	sent: Sms[];
	/** Messages to this number are refused from now on. */
	refuse(number: string): void;
	close(): Promise<void>;
}

export async function startSmsService(): Promise<SmsService> {
	const sent: Sms[] = [];
	const refused = new Set<string>();
	const server = createServer((request, response) => {
		void json(request).then((body) => {
			const sms = body as Sms;
			const isRefused = refused.has(sms.to);
			if (!isRefused) sent.push(sms);
			const answer = isRefused ? { message: 'There is no such number' } : { status: 'queued' };
			response.writeHead(isRefused ? 400 : 200, { 'content-type': 'application/json' });
			response.end(JSON.stringify(answer));
		});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		sent,
		refuse: (number) => void refused.add(number),
		async close() {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
}

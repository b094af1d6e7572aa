import { Agent, request } from 'node:http';
import pLimit from 'p-limit';
import type { Simulator } from '../../test/simulator/server.mts';
import { CONCURRENCY, numbers } from './measure.mts';

/**
 * The same calls from a plain Node.js client, with as many in flight, each on its own connection
 * like n8n's requests: the lower limit for anything in n8n.
 *
 * @returns seconds
 */
export async function measureBareClient(polyAi: Simulator, items: number): Promise<number> {
	const limit = pLimit(CONCURRENCY);
	const start = performance.now();
	await Promise.all(numbers(items).map((number) => limit(async () => await place(polyAi, number))));
	return (performance.now() - start) / 1000;
}

async function place({ url, token }: Simulator, number: string): Promise<void> {
	await new Promise<void>((done, fail) => {
		const headers = { 'content-type': 'application/json', 'x-polyai-auth-token': token };
		const agent = new Agent({ keepAlive: false });
		const options = { method: 'POST', headers, agent };
		const sent = request(`${url}/v1/outbound-calling/trigger`, options, (answer) => {
			answer.resume().on('end', done).on('error', fail);
		});
		sent.on('error', fail).end(JSON.stringify({ to_number: number }));
	});
}

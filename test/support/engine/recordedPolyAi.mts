import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { kindOf } from '../../../scripts/live/exchange.mts';
import type { RecordedExchange, Recording } from '../../../scripts/live/recording.mts';

export interface RecordedPolyAi {
	url: string;
	/** Requests for which the recording has no answer. */
	unanswered: string[];
	close(): Promise<void>;
}

/**
 * A server that says what a recorded one said: to the requests of a kind and path, one answer after
 * the other as they were recorded, and the last of them over and over.
 */
export async function startRecordedPolyAi(recording: Recording): Promise<RecordedPolyAi> {
	const given = new Map<string, number>();
	const unanswered: string[] = [];
	const server = createServer((request, response) => {
		const { method = '', url: path = '' } = request;
		const answers = answersTo(recording, method, path);
		const key = `${method} ${path.split('?', 1)[0]}`;
		const index = given.get(key) ?? 0;
		given.set(key, index + 1);
		const exchange = answers[Math.min(index, answers.length - 1)];
		if (!exchange) unanswered.push(key);
		if (!exchange?.answer) return void request.socket.destroy();
		const { status, headers, body, bytes } = exchange.answer;
		response.writeHead(status, sendable(headers));
		if (bytes !== undefined) response.end(Buffer.alloc(bytes, 'RIFF'));
		else response.end(typeof body === 'string' ? body : JSON.stringify(body));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		unanswered,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** A report holds only the name of most headers, with a value that HTTP doesn't allow: `…`. */
function sendable(headers: Record<string, string>): Record<string, string> {
	const told = Object.entries(headers).filter(([, value]) => /^[\t\x20-\x7e]*$/.test(value));
	return Object.fromEntries(told);
}

/** A call that doesn't exist has another SID here than in the recording, but the same answer. */
function answersTo({ exchanges }: Recording, method: string, path: string): RecordedExchange[] {
	const wanted = path.split('?', 1)[0];
	const same = exchanges.filter(({ request }) => {
		return request.method === method && request.path.split('?', 1)[0] === wanted;
	});
	if (same.length > 0 || kindOf({ method, path }) !== 'status') return same;
	return exchanges.filter(({ request }) => kindOf(request) === 'status').slice(0, 1);
}

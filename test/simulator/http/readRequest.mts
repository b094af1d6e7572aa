import type { IncomingMessage } from 'node:http';

/** What came over the wire. */
export interface WireRequest {
	method: string;
	/** With the query, exactly as it came. */
	path: string;
	headers: Record<string, string>;
	rawBody: string;
	/** The parsed JSON; undefined when there is none. */
	body: unknown;
}

export async function readRequest(request: IncomingMessage): Promise<WireRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const rawBody = Buffer.concat(chunks).toString();
	return {
		method: request.method ?? '',
		path: request.url ?? '',
		headers: request.headers as Record<string, string>,
		rawBody,
		body: parse(rawBody),
	};
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

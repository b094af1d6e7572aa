import type { ServerResponse } from 'node:http';
import type { Answer } from '../versions/apiVersion.mts';
import type { JournalAnswer } from '../journal.mts';

/** Not JSON, and no SID in it. */
const GARBAGE = '{"callSid": "550e8400-e29b-41d4';

export interface Written {
	answer: Answer;
	/** How the body goes out; as it is when absent. */
	mangle?: 'garbage' | 'empty' | 'truncated';
	/** PolyAI's; absent in the answer of a gateway. */
	correlationId?: string;
}

/** Writes an answer and returns what went over the wire. */
export function writeAnswer(response: ServerResponse, written: Written): JournalAnswer {
	const { answer, mangle, correlationId } = written;
	const right = encode(answer.body);
	const payload =
		mangle === 'garbage'
			? Buffer.from(GARBAGE)
			: mangle === 'empty'
				? Buffer.alloc(0)
				: right.bytes;
	const headers: Record<string, string> = {
		...(right.type && { 'content-type': right.type }),
		...answer.headers,
		'content-length': String(payload.length),
		...(correlationId && { 'x-polyai-correlation-id': correlationId }),
	};
	const { status } = answer;
	if (status === 204 || status === 304) delete headers['content-length'];
	response.writeHead(status, headers);
	if (mangle === 'truncated') {
		response.write(payload.subarray(0, Math.floor(payload.length / 2)), () =>
			response.socket?.destroySoon(),
		);
		return { status, headers, body: undefined, ended: 'truncated' };
	}
	response.end(payload);
	const body = mangle ? payload.toString() : answer.body;
	return { status, headers, body, ended: 'complete' };
}

/** Ends the connection without an answer: with a reset, or as if the server had gone away. */
export function breakConnection(response: ServerResponse, how: 'reset' | 'hangUp'): JournalAnswer {
	const { socket } = response;
	if (how === 'reset') socket?.resetAndDestroy();
	else socket?.destroy();
	return { headers: {}, ended: how === 'reset' ? 'reset' : 'hungUp' };
}

function encode(body: unknown): { bytes: Buffer; type?: string } {
	if (body === undefined) return { bytes: Buffer.alloc(0) };
	if (Buffer.isBuffer(body)) return { bytes: body };
	if (typeof body === 'string') return { bytes: Buffer.from(body), type: 'text/html' };
	return { bytes: Buffer.from(JSON.stringify(body)), type: 'application/json' };
}

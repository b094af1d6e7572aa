import type { ServerResponse } from 'node:http';
import type { FaultList } from '../faults/faultList.mts';
import type { WireRequest } from '../http/readRequest.mts';
import type { Simulator } from '../server.mts';
import { welcome } from './welcome.mts';
import { CONTROLS } from './controls.mts';

const PREFIX = '/_simulator';

/** The simulator's own side, which PolyAI doesn't have and the journal doesn't record. */
export function isControl({ path }: WireRequest): boolean {
	return path === '/' || path === PREFIX || path.startsWith(`${PREFIX}/`);
}

export function answerControl(
	{ method, path, body, rawBody }: WireRequest,
	response: ServerResponse,
	simulator: Simulator,
	faults: FaultList,
): void {
	if (path === '/') {
		response.setHeader('content-type', 'text/plain; charset=utf-8').end(welcome(simulator));
		return;
	}
	const wanted = `${method} ${path.split('?')[0]?.slice(PREFIX.length + 1) ?? ''}`.trim();
	const control = CONTROLS[wanted];
	if (!control) return send(response, 404, { error: 'No such control', controls: names() });
	if (rawBody && body === undefined) return send(response, 400, { error: 'The body is not JSON' });
	try {
		send(response, 200, control(simulator, body, faults) ?? { done: true });
	} catch (error) {
		send(response, 400, { error: error instanceof Error ? error.message : String(error) });
	}
}

function names(): string[] {
	return Object.keys(CONTROLS).map((control) => control.replace(' ', ` ${PREFIX}/`));
}

function send(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

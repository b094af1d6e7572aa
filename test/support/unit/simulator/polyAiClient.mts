import type { Simulator } from '../../../simulator/server.mts';

/** What PolyAI's documentation says of each API version, apart from what the simulator thinks. */
export const SPOKEN = {
	g1: {
		header: 'X-PolyAi-Auth-Token',
		trigger: '/v1/outbound-calling/trigger',
		body: (number: string): object => ({ to_number: number }),
		sid: 'callSid',
		status: (sid: string) => `/v1/outbound-calling/${sid}/status`,
		word: (status: string) => status,
	},
	g2: {
		header: 'X-PolyAi-Auth-Token',
		trigger: '/v1/outbound-calling',
		body: (number: string): object => ({ to_number: number }),
		sid: 'call_sid',
		status: (sid: string) => `/v1/outbound-calling/${sid}/status`,
		word: (status: string) => status,
	},
	g3: {
		header: 'X-API-KEY',
		trigger: '/v1/agents/PROJECT-SIMULATOR/telephony/outbound-calls',
		body: (number: string): object => ({ toNumber: number, environment: 'live' }),
		sid: 'callSid',
		status: (sid: string) =>
			`/v1/agents/PROJECT-SIMULATOR/telephony/outbound-calls/${sid}/status?environment=live`,
		word: (status: string) => status.toUpperCase(),
	},
};

export type Spoken = keyof typeof SPOKEN;
export const ALL_SPOKEN = Object.keys(SPOKEN) as Spoken[];

export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	/** Empty when the text is no JSON. */
	json: Record<string, unknown>;
}

export interface Sent {
	headers?: Record<string, string>;
	body?: unknown;
	signal?: AbortSignal;
}

/** A request as any client of PolyAI may send it, redirects not followed. */
export async function send(
	{ url }: Simulator,
	method: string,
	path: string,
	{ headers, body, signal }: Sent = {},
): Promise<Reply> {
	const response = await fetch(url + path, {
		method,
		headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
		body: body === undefined ? undefined : JSON.stringify(body),
		redirect: 'manual',
		signal,
	});
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

function parsed(text: string): Record<string, unknown> {
	try {
		return JSON.parse(text) as Record<string, unknown>;
	} catch {
		return {};
	}
}

/** The header that proves who asks. */
export function secret(polyAi: Simulator, version: Spoken): Record<string, string> {
	const value = version === 'g3' ? polyAi.apiKey : polyAi.token;
	return { [SPOKEN[version].header]: value };
}

/** Asks for a call to a number, or with a whole body. */
export async function trigger(
	polyAi: Simulator,
	wanted: string | object,
	{ version = 'g1', ...sent }: Sent & { version?: Spoken } = {},
): Promise<Reply> {
	const { trigger: path, body } = SPOKEN[version];
	return await send(polyAi, 'POST', path, {
		headers: secret(polyAi, version),
		body: typeof wanted === 'string' ? body(wanted) : wanted,
		...sent,
	});
}

/** Places a call that has to be accepted. */
export async function place(
	polyAi: Simulator,
	wanted: string | object,
	version: Spoken = 'g1',
): Promise<string> {
	const reply = await trigger(polyAi, wanted, { version });
	const sid = reply.json[SPOKEN[version].sid];
	if (typeof sid !== 'string') throw new Error(`Refused: ${reply.status} ${reply.text}`);
	return sid;
}

export async function status(
	polyAi: Simulator,
	sid: string,
	version: Spoken = 'g1',
): Promise<Reply> {
	return await send(polyAi, 'GET', SPOKEN[version].status(sid), {
		headers: secret(polyAi, version),
	});
}

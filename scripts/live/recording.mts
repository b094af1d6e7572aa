import { isRecord } from '../../nodes/shared/isRecord.ts';
import { kindOf, type Exchange, type RequestKind } from './exchange.mts';
import { heldAgainstDescription } from './heldAgainstDescription.mts';
import { MASKED, Mask, type Secret } from './mask.mts';
import type { Visit } from './visit.mts';

/** What was seen, without what belongs to people and accounts: the report and the fixtures hold it. */
export interface Recording {
	/** This package's version. */
	package: string;
	/** ISO 8601 in UTC */
	startedAt: string;
	/** Who answered: PolyAI's own servers, or another base URL, such as the simulator's. */
	server: string;
	credential: 'token' | 'apiKey';
	environment?: string;
	credentialTest?: string;
	/** What this package made of the answer to the call: `placed`, or the code of an error. */
	verdict?: string;
	/** The final status, and the seconds after which it was first seen. */
	end?: { status: 'success' | 'failure'; after: number };
	forgottenAfter?: number;
	/** What the person said about their phone. */
	rang?: string;
	brokeOff?: string;
	exchanges: RecordedExchange[];
}

export interface RecordedExchange {
	/** Seconds since the first request. */
	after: number;
	/** How often the same answer came again, and when it last did. */
	again?: { times: number; until: number };
	request: {
		method: string;
		/** Conversations are listed at another host than the rest. */
		host?: 'list';
		path: string;
		body?: unknown;
	};
	answer?: {
		status: number;
		headers: Record<string, string>;
		body?: unknown;
		/** Of a file, which isn't in the report. */
		bytes?: number;
		/** Rows about other people's calls, which aren't either. */
		rowsLeftOut?: number;
	};
	noAnswer?: string;
	/** How it differs from the description in test/simulator/openapi/. */
	differences?: string[];
}

/** Headers whose values say something about the API; of the others only the name is told. */
/** Of the connection, not of the answer. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'date', 'content-length'];
const SHOWN_HEADERS =
	/^(content-type|content-disposition|retry-after|server|allow|via|.*rate-?limit.*)$/;
/** A new one for every answer. */
const CORRELATION_ID = 'x-polyai-correlation-id';

/** Texts of conversations that belong to nobody; the others may be what people said. */
const SHOWN_TEXTS = [
	...['channel', 'direction', 'clientEnv', 'client_env', 'language', 'isDefault'],
	...['OUTBOUND_CALL_STATUS', 'CALL_ANSWERED_BY', 'OUTBOUND_CALL_SIP_CODE'],
];

export function recordingOf(visit: Visit, packageVersion: string): Recording {
	const { access, startedAt, phoneNumber, callSid = '', end, forgottenAt } = visit;
	const { baseUrl, agent } = access.account;
	const isCustom = access.data.region === 'custom';
	const mask = new Mask(secretsOf(visit));
	const seconds = (time: number) => (time - startedAt) / 1000;
	const exchanges: RecordedExchange[] = [];
	for (const exchange of visit.exchanges) {
		const differences = heldAgainstDescription(exchange, visit.exchanges);
		add(exchanges, {
			after: seconds(exchange.at),
			request: requestOf(exchange, baseUrl, mask),
			...(exchange.answer && { answer: answerOf(exchange, mask, callSid) }),
			...(exchange.noAnswer && { noAnswer: exchange.noAnswer }),
			...(differences.length > 0 && { differences: differences.map((one) => mask.text(one)) }),
		});
	}
	return {
		package: packageVersion,
		startedAt: new Date(startedAt).toISOString(),
		server: isCustom ? 'another base URL' : new URL(baseUrl).host,
		credential: agent ? 'apiKey' : 'token',
		...(agent && { environment: access.environment }),
		credentialTest: visit.credentialTest && mask.text(visit.credentialTest),
		...(phoneNumber && { verdict: visit.verdict, rang: mask.text(visit.rang ?? 'not asked') }),
		...(visit.brokeOff && { brokeOff: mask.text(visit.brokeOff) }),
		...(end && { end: { status: end.status, after: seconds(end.at) } }),
		...(forgottenAt && { forgottenAfter: seconds(forgottenAt) }),
		exchanges,
	};
}

function secretsOf({ access, phoneNumber = '', callSid = '' }: Visit): Secret[] {
	const { kind, data, account, workspaceId = '' } = access;
	return [
		{ text: data[kind.secret.field] ?? '', means: MASKED.secret },
		{ text: phoneNumber, means: MASKED.phoneNumber },
		{ text: phoneNumber.slice(1), means: MASKED.phoneNumber.slice(1) },
		{ text: data.agentId ?? '', means: MASKED.agentId },
		{ text: workspaceId, means: MASKED.workspaceId },
		{ text: data.region === 'custom' ? new URL(account.baseUrl).host : '', means: MASKED.host },
		// A UUID gets a UUID for a name.
		{ text: isUuid(callSid) ? '' : callSid, means: MASKED.callSid },
	];
}

function isUuid(callSid: string): boolean {
	return /^(OUT-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(callSid);
}

/** The same answer to the same request isn't told again. */
function add(told: RecordedExchange[], exchange: RecordedExchange): void {
	const last = told.findLast(({ request }) => isSame(request, exchange.request));
	const isTold =
		exchange.request.method === 'GET' &&
		last !== undefined &&
		isSame({ ...last, after: 0, again: 0 }, { ...exchange, after: 0, again: 0 });
	if (!isTold) told.push(exchange);
	else last.again = { times: (last.again?.times ?? 0) + 1, until: exchange.after };
}

function isSame(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

function requestOf(
	{ request }: Exchange,
	baseUrl: string,
	mask: Mask,
): RecordedExchange['request'] {
	const { method, origin, path, body } = request;
	return {
		method,
		...(origin !== baseUrl && { host: 'list' as const }),
		path: maskedPath(path, mask),
		...(body && { body: mask.json(body) }),
	};
}

/** Decoded first, as a time is only recognized without its escapes. */
function maskedPath(path: string, mask: Mask): string {
	const [pathname = '', query] = path.split('?');
	const masked = pathname.split('/').map((segment) => mask.text(decodeURIComponent(segment)));
	if (query === undefined) return masked.join('/');
	const parameters = [...new URLSearchParams(query)].map(([name, value]) => [
		name,
		mask.text(value),
	]);
	return `${masked.join('/')}?${new URLSearchParams(parameters).toString()}`;
}

function answerOf(exchange: Exchange, mask: Mask, callSid: string): RecordedExchange['answer'] {
	const { status, headers, body } = exchange.answer!;
	const kind = kindOf(exchange.request);
	const isPrivate = status < 400 && kind !== 'call' && kind !== 'status';
	const shown = Object.entries(headers).map(([name, value = '']) => {
		if (name === CORRELATION_ID) return [name, '<id>'] as const;
		return [name, SHOWN_HEADERS.test(name) ? mask.text(value) : '…'] as const;
	});
	return {
		status,
		headers: Object.fromEntries(shown.filter(([name]) => !HOP_BY_HOP.includes(name))),
		...(isPrivate ? maskedData(body, kind, mask, callSid) : maskedBody(body, mask)),
	};
}

function maskedBody(body: unknown, mask: Mask): { body?: unknown } {
	return body === '' || body === undefined ? {} : { body: mask.json(body) };
}

/** What was said in calls, by whom and about what: only its form is told. */
function maskedData(body: unknown, kind: RequestKind, mask: Mask, callSid: string) {
	if (Buffer.isBuffer(body)) return { bytes: body.length };
	const isShown = (name: string) => SHOWN_TEXTS.includes(name);
	if (kind !== 'list') return { body: mask.json(body, isShown) };
	const { ours, leftOut } = onlyOurs(body, callSid);
	return { body: mask.json(ours, isShown), ...(leftOut > 0 && { rowsLeftOut: leftOut }) };
}

/** Other people's calls are nobody's business. */
function onlyOurs(body: unknown, callSid: string): { ours: unknown; leftOut: number } {
	const rows = isRecord(body) ? body.conversations : undefined;
	if (!Array.isArray(rows)) return { ours: body, leftOut: 0 };
	const bare = callSid.replace(/^OUT-/, '');
	const ours = bare === '' ? [] : rows.filter((row) => JSON.stringify(row).includes(bare));
	return {
		ours: { ...(body as object), conversations: ours },
		leftOut: rows.length - ours.length,
	};
}

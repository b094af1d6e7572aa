import { isRecord } from '../../nodes/shared/isRecord.ts';
import { kindOf, type Exchange } from './exchange.mts';
import { FREE_FORM, heldAgainstDescription } from './heldAgainstDescription.mts';
import { MASKED, Mask, SHOWS_ALL, type Secret, type Shows } from './mask.mts';
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
	/** How it differs from the description in test/simulator/openapi/, or why that couldn't be said. */
	differences?: string[];
}

/** Of the connection, not of the answer. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'date', 'content-length'];
/** Headers whose values say something about the API; of the others only the name is told. */
const SHOWN_HEADERS = /^(content-type|retry-after|server|allow|.*rate-?limit.*)$/;
/** They count down from answer to answer. */
const RATE_LIMIT = /rate-?limit/;
/** A new one for every answer. */
const CORRELATION_ID = 'x-polyai-correlation-id';

/** Metrics that PolyAI itself sets; each project chooses the names of the others. */
const METRICS = ['OUTBOUND_CALL_STATUS', 'OUTBOUND_CALL_SIP_CODE', 'CALL_ANSWERED_BY'];

/** The answer to a call, and its status: what else is said there may be about a person. */
const OF_CALLS = showing({
	texts: [
		...['callSid', 'call_sid', 'conversation_id', 'status', 'reason'],
		...['created_at', 'createdAt', 'last_updated', 'lastUpdated'],
	],
});

const OF_REFUSALS = showing({
	texts: [
		...['error', 'code', 'error_id', 'error_code', 'error_message', 'message'],
		...['id', 'correlation_id', 'field', 'success'],
	],
});

/** What was said in calls, by whom and about what: only its form is told. */
const OF_CONVERSATIONS: Shows = {
	...showing({
		texts: [
			...['channel', 'direction', 'clientEnv', 'client_env', 'language', 'isDefault'],
			...METRICS,
		],
	}),
	number: (name) => {
		return [
			...['totalDuration', 'total_duration', 'num_turns', 'polyScore', 'poly_score'],
			'OUTBOUND_CALL_SIP_CODE',
		].includes(name);
	},
	namesIn: (name) => !FREE_FORM.includes(name),
	name: (name) => METRICS.includes(name),
};

function showing({ texts }: { texts: readonly string[] }): Shows {
	return { ...SHOWS_ALL, text: (name) => texts.includes(name) };
}

export function recordingOf(visit: Visit, packageVersion: string): Recording {
	const { access, startedAt, phoneNumber, callSid = '', end, forgottenAt } = visit;
	const { baseUrl, agent } = access.account;
	const isCustom = access.data.region === 'custom';
	const mask = new Mask(secretsOf(visit));
	const seconds = (time: number) => (time - startedAt) / 1000;
	const exchanges: RecordedExchange[] = [];
	for (const exchange of visit.exchanges) {
		const { method } = exchange.request;
		const differences = heldAgainstDescription(exchange, visit.exchanges);
		const recorded = (): RecordedExchange => ({
			after: seconds(exchange.at),
			request: requestOf(exchange, baseUrl, mask),
			...(exchange.answer && { answer: answerOf(exchange, mask, callSid) }),
			...(exchange.noAnswer && { noAnswer: exchange.noAnswer }),
			...(differences.length > 0 && { differences: differences.map((one) => mask.text(one)) }),
		});
		try {
			add(exchanges, recorded());
		} catch (error) {
			const { status } = exchange.answer ?? {};
			exchanges.push({
				after: seconds(exchange.at),
				request: { method, path: '/' },
				...(status && { answer: { status, headers: {} } }),
				differences: [
					`could not be recorded: ${mask.text(error instanceof Error ? error.message : String(error))}`,
				],
			});
		}
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
		isSame(whatItSays(last), whatItSays(exchange));
	if (!isTold) told.push(exchange);
	else last.again = { times: (last.again?.times ?? 0) + 1, until: exchange.after };
}

function whatItSays({ answer, ...others }: RecordedExchange) {
	const headers = Object.entries(answer?.headers ?? {}).map(([name, value]) => {
		return RATE_LIMIT.test(name) ? [name] : [name, value];
	});
	return { ...others, after: 0, again: 0, answer: answer && { ...answer, headers } };
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
	const masked = pathname.split('/').map((segment) => mask.text(decoded(segment)));
	if (query === undefined) return masked.join('/');
	const parameters = [...new URLSearchParams(query)].map(([name, value]) => [
		name,
		mask.text(value),
	]);
	return `${masked.join('/')}?${new URLSearchParams(parameters).toString()}`;
}

function decoded(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}

function answerOf(exchange: Exchange, mask: Mask, callSid: string): RecordedExchange['answer'] {
	const { status, headers } = exchange.answer!;
	const shown = Object.entries(headers).map(([name, value = '']) => {
		if (name === CORRELATION_ID) return [name, '<id>'] as const;
		return [name, SHOWN_HEADERS.test(name) ? mask.text(value) : '…'] as const;
	});
	return {
		status,
		headers: Object.fromEntries(shown.filter(([name]) => !HOP_BY_HOP.includes(name))),
		...bodyOf(exchange, mask, callSid),
	};
}

function bodyOf({ request, answer }: Exchange, mask: Mask, callSid: string) {
	const { status, body } = answer!;
	const kind = kindOf(request);
	if (Buffer.isBuffer(body)) return { bytes: body.length };
	if (body === '' || body === undefined) return {};
	if (status >= 400) return { body: mask.json(body, OF_REFUSALS) };
	if (kind === 'list') return maskedList(body, mask, callSid);
	const isOfCalls = kind === 'call' || kind === 'status';
	return { body: mask.json(body, isOfCalls ? OF_CALLS : OF_CONVERSATIONS) };
}

/** Other people's calls are nobody's business. */
function maskedList(body: unknown, mask: Mask, callSid: string) {
	const rows: unknown = isRecord(body) ? body.conversations : undefined;
	if (!isRecord(body) || !Array.isArray(rows)) return { body: formOf(body, mask) };
	const ours = rows.filter((row) => isOfCall(row, callSid));
	const leftOut = rows.length - ours.length;
	const { conversations } = mask.json({ conversations: ours }, OF_CONVERSATIONS) as typeof body;
	return {
		body: { ...(formOf(body, mask) as object), conversations },
		...(leftOut > 0 && { rowsLeftOut: leftOut }),
	};
}

/** The names of the fields, and how many entries each list has: any of them may be people's calls. */
function formOf(value: unknown, mask: Mask): unknown {
	if (Array.isArray(value)) return `<list of ${value.length}>`;
	if (!isRecord(value)) return mask.json(value, OF_CONVERSATIONS);
	const fields = Object.entries(value).map(([name, one]) => {
		return [mask.text(name), isRecord(one) ? '<object>' : formOf(one, mask)];
	});
	return Object.fromEntries(fields) as object;
}

/** A row of the list has the call's SID for one of its IDs, with or without OUT-. */
function isOfCall(row: unknown, callSid: string): boolean {
	if (!isRecord(row) || callSid === '') return false;
	return Object.entries(row).some(([name, value]) => {
		return (
			/(^id|Id|_id|sid)$/i.test(name) && typeof value === 'string' && bare(value) === bare(callSid)
		);
	});
}

function bare(callSid: string): string {
	return callSid.replace(/^OUT-/i, '').toLowerCase();
}

import { isRecord } from '../../nodes/shared/isRecord.ts';
import { readCallSid } from '../../nodes/shared/polyai/versions/wireFormat.ts';
import { kindOf, type RequestKind } from './exchange.mts';
import type { RecordedExchange, Recording } from './recording.mts';

/** A question that nobody could answer without an account, and what this recording says to it. */
export interface Finding {
	question: string;
	answer: string;
}

const NOT_SEEN = 'not seen';

/** The open questions of docs/polyai-api.md, in the order in which a call meets them. */
export function findingsOf(recording: Recording): Finding[] {
	const { exchanges } = recording;
	const triggers = exchanges.filter(isTrigger);
	const statuses = exchanges.filter(isStatus);
	const known = statuses.filter(({ answer }) => answer && answer.status < 300);
	return [
		finding('Which path places a call?', () => triggers.map(told)),
		finding('What form does a call SID have?', () => sidsIn(triggers)),
		finding('Which fields does a status have?', () => [...new Set(known.map(fieldsOf))]),
		finding('Which reasons are there?', () => valuesOf(known, 'reason')),
		finding('What does an unknown call answer?', () => unknownCalls(exchanges)),
		finding('When is a call forgotten, and what does it answer then?', () =>
			forgotten(recording, statuses),
		),
		finding('What does a 429 look like?', () => exchanges.filter(statusIs(429)).map(withHeaders)),
		finding('Can a server error have called?', () => serverErrors(recording, triggers)),
		finding('What may this token or key do?', () => permissions(exchanges)),
		finding('Is the conversation known by the call SID?', () => conversationIds(exchanges)),
		finding('How late are metrics, summary, score and turns?', () => lateness(recording)),
	];
}

/** An answer that one question can't be put to must not cost the report. */
function finding(question: string, answers: () => string[]): Finding {
	try {
		return { question, answer: answers().join('; ') || NOT_SEEN };
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return { question, answer: `could not be evaluated: ${why}` };
	}
}

/** No field at all, where the body isn't an object. */
function fieldsIn(exchange: RecordedExchange): Record<string, unknown> {
	const body = exchange.answer?.body;
	return isRecord(body) ? body : {};
}

function isOf(kind: RequestKind) {
	return ({ request }: RecordedExchange) => kindOf(request) === kind;
}

export const isTrigger = isOf('call');
const isStatus = isOf('status');

function told({ request, answer, noAnswer }: RecordedExchange): string {
	return `${request.method} ${request.path.split('?', 1)[0]} → ${answer?.status ?? `no answer (${noAnswer})`}`;
}

function statusIs(status: number) {
	return ({ answer }: RecordedExchange) => answer?.status === status;
}

function sidsIn(triggers: RecordedExchange[]): string[] {
	return triggers.flatMap((trigger) => {
		const { answer } = trigger;
		const sid = answer && answer.status < 300 && readCallSid(answer.body);
		const name = sid && Object.entries(fieldsIn(trigger)).find(([, value]) => value === sid)?.[0];
		return sid ? [`${name}: ${sid}`] : [];
	});
}

function fieldsOf(exchange: RecordedExchange): string {
	const body = exchange.answer?.body;
	if (isRecord(body)) return Object.keys(body).join(', ') || 'none: an empty object';
	if (body === undefined) return 'none: the body was empty';
	if (body === null) return 'none: null';
	return Array.isArray(body) ? 'none: a list' : `none: a ${typeof body}`;
}

function valuesOf(exchanges: RecordedExchange[], field: string): string[] {
	const values = exchanges.map((exchange) => fieldsIn(exchange)[field]);
	const texts = values.filter((value) => typeof value === 'string');
	return [...new Set(texts.map((text) => `"${text}"`))];
}

/** Before the call, only calls that don't exist were asked for. */
function unknownCalls(exchanges: RecordedExchange[]): string[] {
	const placedAt = exchanges.findIndex(isTrigger);
	const before = placedAt < 0 ? exchanges : exchanges.slice(0, placedAt);
	const lines = before.filter(isStatus).map(({ request, answer, noAnswer }) => {
		const form = request.path.includes('OUT-') ? 'OUT-…' : 'bare SID';
		return `${form} → ${answer?.status ?? noAnswer}`;
	});
	return [...new Set(lines)];
}

function forgotten({ end, forgottenAfter }: Recording, statuses: RecordedExchange[]): string[] {
	if (!end) return [];
	const last = statuses.findLast(({ answer }) => answer !== undefined);
	if (forgottenAfter === undefined) {
		const until = last?.again?.until ?? last?.after ?? end.after;
		return [`still known ${minutes(until - end.after)} after its end`];
	}
	return [`${minutes(forgottenAfter - end.after)} after its end → ${last?.answer?.status}`];
}

function withHeaders({ request, answer }: RecordedExchange): string {
	const headers = Object.entries(answer?.headers ?? {}).filter(([name]) => {
		return /retry-after|rate-?limit/.test(name);
	});
	const shown = headers.map(([name, value]) => `${name}: ${value}`).join(', ');
	return `${request.method}: ${shown || 'without Retry-After'}`;
}

function serverErrors({ rang }: Recording, triggers: RecordedExchange[]): string[] {
	return triggers
		.filter(({ answer }) => (answer?.status ?? 0) >= 500)
		.map(({ answer }) => `${answer?.status}; how often did the phone ring? ${rang}`);
}

function permissions(exchanges: RecordedExchange[]): string[] {
	const byKind = new Map<string, Set<string>>();
	for (const { request, answer, noAnswer } of exchanges) {
		const kind = kindOf(request);
		const seen = byKind.get(kind) ?? new Set();
		byKind.set(kind, seen.add(String(answer?.status ?? noAnswer)));
	}
	return [...byKind].map(([kind, statuses]) => `${kind} ${[...statuses].join('/')}`);
}

function conversationsIn(exchanges: RecordedExchange[]) {
	return exchanges.filter(
		({ request, answer }) => kindOf(request) === 'conversation' && answer && answer.status < 300,
	);
}

function conversationIds(exchanges: RecordedExchange[]): string[] {
	const lines = exchanges
		.filter(({ request, answer }) => kindOf(request) === 'conversation' && answer)
		.map((exchange) => {
			const { status } = exchange.answer!;
			const asked = exchange.request.path.split('/').at(-1) ?? '';
			const { conversationId } = fieldsIn(exchange);
			const got = typeof conversationId === 'string' ? conversationId : '-';
			return status < 300 ? `asked for ${asked}, got ${got}` : `asked for ${asked} → ${status}`;
		});
	return [...new Set(lines)];
}

function lateness({ end, exchanges }: Recording): string[] {
	if (!end) return [];
	return ['metrics', 'shortSummary', 'polyScore', 'turns'].flatMap((field) => {
		const first = conversationsIn(exchanges).find((one) => isFilled(fieldsIn(one)[field]));
		if (!first) return conversationsIn(exchanges).length > 0 ? [`${field}: never`] : [];
		return [`${field}: ${Math.max(0, Math.round(first.after - end.after))} s after the end`];
	});
}

function isFilled(value: unknown): boolean {
	if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
	return value !== undefined && value !== null && value !== '';
}

function minutes(seconds: number): string {
	return `${Math.round(seconds / 60)} minutes`;
}

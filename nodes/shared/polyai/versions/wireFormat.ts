import { isRecord } from '../../isRecord';
import { readCallStatus } from '../callStatus';
import type { CallState } from './apiVersion';

/** Names under which PolyAI has returned a call's SID, newest first (docs/polyai-api.md § 1). */
const SID_NAMES = ['callSid', 'call_sid', 'conversation_id'];

export function readCallSid(body: unknown): string | undefined {
	const sid = firstOf(body, SID_NAMES);
	return sid === '' ? undefined : sid;
}

export function readState(body: unknown): CallState | undefined {
	const word = firstOf(body, ['status']);
	if (word === undefined) return undefined;
	const state: CallState = { status: readCallStatus(word) };
	const reason = firstOf(body, ['reason']);
	const createdAt = utcTime(firstOf(body, ['created_at', 'createdAt']));
	const lastUpdated = utcTime(firstOf(body, ['last_updated', 'lastUpdated']));
	if (reason) state.reason = reason;
	if (createdAt) state.createdAt = createdAt;
	if (lastUpdated) state.lastUpdated = lastUpdated;
	return state;
}

/**
 * PolyAI's times without an offset are UTC. Returns ISO 8601, or what was sent if it isn't a time.
 */
function utcTime(text: string | undefined): string | undefined {
	if (!text) return undefined;
	const hasOffset = /(z|[+-]\d\d:?\d\d)$/i.test(text);
	const time = Date.parse(hasOffset ? text : `${text}Z`);
	return Number.isNaN(time) ? text : new Date(time).toISOString();
}

function firstOf(body: unknown, names: string[]): string | undefined {
	if (!isRecord(body)) return undefined;
	return names.map((name) => body[name]).find((value) => typeof value === 'string') as
		| string
		| undefined;
}

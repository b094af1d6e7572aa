import type { Call, CallState } from '../calls/call.mts';
import { Refusal, type PolyAi } from '../versions/apiVersion.mts';
import { startOf } from './conversation.mts';

const LARGEST_PAGE = 1000;
const USUAL_PAGE = 100;

interface Row {
	call: Call;
	state: CallState;
	start: number;
}

/** One page, newest first. The cursor names its last row, or where pages shift counts the rows. */
export function listConversations(
	{ calls, clock, settings: { listedAfterMs, pagesShift } }: PolyAi,
	query: URLSearchParams,
): { page: Row[]; cursor: string | null } {
	const from = time(query, 'start_time') ?? -Infinity;
	const to = time(query, 'end_time') ?? Infinity;
	const inProgress = query.get('in_progress');
	const environment = query.get('client_env') ?? 'live';
	const limit = limitOf(query);
	const cursor = query.get('cursor');
	const after = cursor === null || pagesShift ? undefined : decode(cursor);
	const skipped = pagesShift ? Number(cursor ?? 0) : 0;

	const rows = calls
		.all()
		.map((call) => ({ call, state: calls.stateOf(call) }))
		.filter(({ state }) => state.status !== 'queued')
		.map(({ call, state }) => ({ call, state, start: startOf(state) }))
		.filter(({ call, start }) => call.environment === environment && start >= from && start < to)
		.filter(({ state }) => !inProgress || String(state.status === 'calling') === inProgress)
		.filter(({ start }) => clock.now() >= start + listedAfterMs)
		.filter((row) => !after || isAfter(row, after))
		.sort((a, b) => b.start - a.start || (a.call.sid < b.call.sid ? 1 : -1))
		.slice(skipped);
	const page = rows.slice(0, limit);
	const last = page.at(-1);
	if (rows.length <= limit || !last) return { page, cursor: null };
	return { page, cursor: pagesShift ? String(skipped + limit) : encode(last) };
}

function isAfter({ start, call }: Row, last: { start: number; sid: string }): boolean {
	return start < last.start || (start === last.start && call.sid < last.sid);
}

function encode({ start, call }: Row): string {
	return Buffer.from(`${start} ${call.sid}`).toString('base64url');
}

function decode(cursor: string): { start: number; sid: string } {
	const [start, sid] = Buffer.from(cursor, 'base64url').toString().split(' ');
	if (!sid || !Number.isFinite(Number(start)))
		throw new Refusal(400, 'cursor is not valid', 'cursor');
	return { start: Number(start), sid };
}

function time(query: URLSearchParams, name: string): number | undefined {
	const given = query.get(name);
	if (given === null) return undefined;
	const ms = Date.parse(given);
	if (Number.isNaN(ms)) throw new Refusal(400, `${name} must be a time in ISO 8601`, name);
	return ms;
}

function limitOf(query: URLSearchParams): number {
	const limit = Number(query.get('limit') ?? USUAL_PAGE);
	if (Number.isInteger(limit) && limit >= 1 && limit <= LARGEST_PAGE) return limit;
	throw new Refusal(400, `limit must be between 1 and ${LARGEST_PAGE}`, 'limit');
}

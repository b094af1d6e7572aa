import { isRecord } from '../../isRecord';
import type { CallStatus } from '../callStatus';
import { isoTime } from '../../time/isoTime';
import { withoutAbsent } from '../../withoutAbsent';
import { listAt, numberAt, recordAt, switchAt, textAt, timeAt } from './readFields';
import { hasUserSpoken, transcriptOf } from './transcript';
import { METRIC, OUTBOUND_PREFIX, OUTCOMES, WIRE } from './wireNames';

/**
 * What happened in a call, flattened for a CRM. What PolyAI didn't send, because the project
 * doesn't show it or the call hasn't ended, is absent.
 */
export interface Conversation {
	callSid: string;
	/** `unknown` if nothing in the answer shows how it ended. */
	status: CallStatus;
	/** PolyAI's word for how dialing ended, if that isn't a success, such as `Busy`. */
	reason?: string;
	direction?: 'outbound' | 'inbound';
	/** The other party's. */
	phoneNumber?: string;
	/** ISO 8601 in UTC, as `finishedAt`. */
	startedAt?: string;
	finishedAt?: string;
	durationSeconds?: number;
	/** `human`, `voicemail`, `ivr`. */
	answeredBy?: string;
	summary?: string;
	/** One line for each turn, starting with who spoke. */
	transcript?: string;
	handoff?: boolean;
	handoffDestination?: string;
	handoffReason?: string;
	language?: string;
	environment?: string;
	variantId?: string;
	score?: number;
	tags?: string[];
	metrics?: Record<string, unknown>;
}

/** Reads either endpoint's fields of a conversation; undefined if the body isn't one. */
export function readConversation(body: unknown): Conversation | undefined {
	if (!isRecord(body)) return undefined;
	const callSid = textAt(body, WIRE.callSid);
	if (callSid === undefined) return undefined;
	const metrics = recordAt(body, WIRE.metrics) ?? {};
	const direction = directionOf(body, callSid, metrics);
	const otherParty = direction === 'inbound' ? WIRE.fromNumber : WIRE.toNumber;
	return withoutAbsent({
		callSid,
		...endOf(body, metrics),
		direction,
		phoneNumber: textAt(body, otherParty),
		...timesOf(body),
		answeredBy: textAt(metrics, METRIC.answeredBy)?.toLowerCase(),
		summary: textAt(body, WIRE.summary),
		transcript: transcriptOf(listAt(body, WIRE.turns) ?? []),
		handoff: switchAt(body, WIRE.handoff),
		handoffDestination: textAt(body, WIRE.handoffDestination),
		handoffReason: textAt(body, WIRE.handoffReason),
		language: textAt(body, WIRE.language),
		environment: textAt(body, WIRE.environment),
		variantId: textAt(body, WIRE.variantId),
		score: numberAt(body, WIRE.score),
		tags: listAt(body, WIRE.tags)?.filter((tag) => typeof tag === 'string'),
		metrics: Object.keys(metrics).length > 0 ? metrics : undefined,
	});
}

/** A project's list doesn't always say it, but fields that only placed calls have show it, too. */
function directionOf(
	body: Record<string, unknown>,
	callSid: string,
	metrics: Record<string, unknown>,
): Conversation['direction'] {
	const word = textAt(body, WIRE.direction)?.toLowerCase();
	if (word === 'outbound' || word === 'inbound') return word;
	const isPlaced = [METRIC.outcome, METRIC.sipCode].some((names) => textAt(metrics, names));
	return isPlaced || callSid.startsWith(OUTBOUND_PREFIX) ? 'outbound' : undefined;
}

function endOf(
	body: Record<string, unknown>,
	metrics: Record<string, unknown>,
): Pick<Conversation, 'status' | 'reason'> {
	const isOpen = switchAt(body, WIRE.inProgress);
	if (isOpen) return { status: 'calling' };
	const hasEnded = isOpen === false || timeAt(body, WIRE.finishedAt) !== undefined;
	const word = textAt(metrics, METRIC.outcome);
	const told = word && OUTCOMES[word.toLowerCase()];
	if (told === 'success') return { status: 'success' };
	if (word) return { status: told || 'unknown', reason: word };
	return { status: hasEnded && hasTakenPlace(body, metrics) ? 'success' : 'unknown' };
}

/** If the project doesn't show how dialing ended, a conversation proves that it succeeded. */
function hasTakenPlace(body: Record<string, unknown>, metrics: Record<string, unknown>): boolean {
	const isAnswered = textAt(metrics, METRIC.answeredBy) !== undefined;
	const isHandedOff = switchAt(body, WIRE.handoff) === true;
	return isAnswered || isHandedOff || hasUserSpoken(listAt(body, WIRE.turns) ?? []);
}

/** If the end wasn't sent, it follows from the duration. */
function timesOf(body: Record<string, unknown>) {
	const startedAt = timeAt(body, WIRE.startedAt);
	const isOpen = switchAt(body, WIRE.inProgress) === true;
	const durationSeconds = isOpen ? undefined : numberAt(body, WIRE.durationSeconds);
	const reckoned = (startedAt ?? NaN) + (durationSeconds ?? NaN) * 1000;
	const finishedAt = timeAt(body, WIRE.finishedAt) ?? (isOpen ? undefined : reckoned);
	return { startedAt: isoTime(startedAt), finishedAt: isoTime(finishedAt), durationSeconds };
}

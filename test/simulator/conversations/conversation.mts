import { isFinal, type Call, type CallState } from '../calls/call.mts';
import type { Settings } from '../settings.mts';

/** The number that the simulated project calls from; of Ofcom's range for drama. */
const FROM_NUMBER = '+442079460000';

/** One conversation as the Agents API returns it. */
export function conversationOf(
	call: Call,
	state: CallState,
	settings: Settings,
	now: number,
): object {
	const { transcripts } = settings;
	const { startedAt, finishedAt, seconds } = timesOf(state);
	const talked = transcripts && state.status === 'success';
	const isSummarized = talked && isAdded(call, state, settings, now);
	return {
		conversationId: call.sid,
		startedAt,
		finishedAt,
		channel: 'VOICE',
		fromNumber: isInbound(call) ? call.number : FROM_NUMBER,
		toNumber: isInbound(call) ? FROM_NUMBER : call.number,
		language: 'en-GB',
		variantId: call.variantId ?? 'default',
		clientEnv: call.environment,
		totalDuration: seconds,
		inProgress: !isFinal(state),
		handoff: isHandedOver(call, state),
		handoffDestination: null,
		handoffReason: isHandedOver(call, state) ? call.outcome.handoffReason : null,
		direction: isInbound(call) ? 'inbound' : 'outbound',
		tags: [],
		polyScore: isSummarized ? 4 : null,
		shortSummary:
			isSummarized && !call.outcome.noSummary ? 'The callee confirmed the appointment.' : null,
		audioUrl: null,
		turns: talked ? turnsOf(call) : [],
		metrics: isAdded(call, state, settings, now) ? metricsOf(call, state) : {},
		functionEvents: [],
	};
}

/** One row of the project's list; it doesn't say who called whom. */
export function rowOf(call: Call, state: CallState, settings: Settings, now: number): object {
	const { transcripts } = settings;
	const { startedAt, seconds } = timesOf(state);
	const turns = transcripts && state.status === 'success' ? turnsOf(call) : [];
	return {
		id: call.sid,
		started_at: startedAt,
		channel: 'VOICE',
		from_number: isInbound(call) ? call.number : FROM_NUMBER,
		to_number: isInbound(call) ? FROM_NUMBER : call.number,
		in_progress: !isFinal(state),
		num_turns: turns.length,
		total_duration: seconds,
		handoff: isHandedOver(call, state),
		metrics: isAdded(call, state, settings, now) ? metricsOf(call, state) : {},
		state: {},
		turns,
	};
}

/** Whether the project has added what it shows late about an ended call. */
function isAdded(
	{ outcome }: Call,
	state: CallState,
	{ transcripts, addedMs }: Settings,
	now: number,
): boolean {
	return transcripts && (!isFinal(state) || now >= state.since + (outcome.addedMs ?? addedMs));
}

/** When the conversation began, or for a call that never left the queue: when it failed. */
export function startOf({ dialedAt, since }: CallState): number {
	return dialedAt ?? since;
}

const GREETING = 'Hello, this is the clinic calling about your appointment.';

function turnsOf({ outcome: { says } }: Call) {
	const answer = says ? 'I understand. Goodbye!' : 'Lovely, see you tomorrow. Goodbye!';
	return [
		{ user_input: '', agent_response: GREETING },
		{ user_input: says ?? 'Yes, I will be there.', agent_response: answer },
	];
}

function isHandedOver({ outcome }: Call, state: CallState): boolean {
	return isFinal(state) && outcome.handoffReason !== undefined;
}

function timesOf(state: CallState) {
	const start = startOf(state);
	return {
		startedAt: new Date(start).toISOString(),
		finishedAt: isFinal(state) ? new Date(state.since).toISOString() : null,
		seconds: isFinal(state) ? (state.since - start) / 1000 : 0,
	};
}

function isInbound({ version }: Call): boolean {
	return version === 'conversations';
}

function metricsOf(call: Call, state: CallState): Record<string, string | number> {
	if (!isFinal(state) || isInbound(call)) return {};
	const { status, callStatus, sipCode, answeredBy } = call.outcome;
	return {
		OUTBOUND_CALL_STATUS: callStatus ?? (status === 'success' ? 'Success' : 'Error'),
		OUTBOUND_CALL_SIP_CODE: sipCode ?? (status === 'success' ? 200 : 500),
		...(answeredBy && { CALL_ANSWERED_BY: answeredBy }),
	};
}

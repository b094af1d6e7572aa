/**
 * The paths and names of PolyAI's conversations (docs/polyai-api.md § 4), which occur nowhere else.
 * The two endpoints spell the same thing differently; the newest name comes first.
 */
export const WIRE = {
	callSid: ['conversationId', 'conversation_id', 'id'],
	startedAt: ['startedAt', 'started_at'],
	finishedAt: ['finishedAt', 'finished_at'],
	inProgress: ['inProgress', 'in_progress'],
	durationSeconds: ['totalDuration', 'total_duration'],
	direction: ['direction'],
	fromNumber: ['fromNumber', 'from_number'],
	toNumber: ['toNumber', 'to_number'],
	language: ['language'],
	environment: ['clientEnv', 'client_env'],
	variantId: ['variantId', 'variant_id'],
	handoff: ['handoff'],
	handoffDestination: ['handoffDestination', 'handoff_destination'],
	handoffReason: ['handoffReason', 'handoff_reason'],
	summary: ['shortSummary', 'short_summary', 'summary'],
	score: ['polyScore', 'poly_score'],
	tags: ['tags'],
	metrics: ['metrics'],
	turns: ['turns'],
} as const;

/** Of one turn. */
export const TURN = {
	user: ['user_input', 'userInput'],
	agent: ['agent_response', 'agentResponse'],
} as const;

/** Keys within `metrics`, for calls that an agent placed. */
export const METRIC = {
	outcome: ['OUTBOUND_CALL_STATUS'],
	sipCode: ['OUTBOUND_CALL_SIP_CODE'],
	answeredBy: ['CALL_ANSWERED_BY'],
} as const;

/** The words of `OUTBOUND_CALL_STATUS`, in lower case. */
export const OUTCOMES: Readonly<Record<string, 'success' | 'failure'>> = {
	success: 'success',
	unavailable: 'failure',
	busy: 'failure',
	'invalid number': 'failure',
	declined: 'failure',
	error: 'failure',
};

/** Of a page of the list. */
export const LIST = { rows: ['conversations'], cursor: ['cursor', 'next_cursor'] } as const;

/** The prefix of the SID of a call placed by an agent, since May 2026. */
export const OUTBOUND_PREFIX = 'OUT-';

export type Direction = 'combined' | 'user' | 'agent';

export function conversationPath(agentId: string, callSid: string): string {
	const [agent, conversation] = [agentId, callSid].map(encodeURIComponent);
	return `/v1/agents/${agent}/conversations/${conversation}`;
}

export function recordingPath(agentId: string, callSid: string, direction: Direction): string {
	return `${conversationPath(agentId, callSid)}/audio?direction=${direction}`;
}

export interface ListQuery {
	/** Milliseconds since 1970: conversations that started then or later, if given … */
	from?: number;
	/** … and before this. */
	to: number;
	/** `live` and so on. */
	environment: string;
	/** From the previous page, for the next one. */
	cursor?: string;
}

/** PolyAI returns up to 1000 rows at once, but with their transcripts they may take too long. */
const ROWS_PER_PAGE = 250;

export function listPath(workspaceId: string, agentId: string, query: ListQuery): string {
	const [workspace, project] = [workspaceId, agentId].map(encodeURIComponent);
	const { from, to, environment, cursor } = query;
	const parameters = new URLSearchParams({
		...(from !== undefined && { start_time: new Date(from).toISOString() }),
		end_time: new Date(to).toISOString(),
		client_env: environment,
		limit: String(ROWS_PER_PAGE),
		...(cursor !== undefined && { cursor }),
	});
	return `/v3/${workspace}/${project}/conversations?${parameters.toString()}`;
}

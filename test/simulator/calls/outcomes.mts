/** How a call goes. Times and reason that aren't given come from the settings or the status. */
export interface CustomOutcome {
	status: 'success' | 'failure';
	/** PolyAI's words for what went wrong; empty for a success. */
	reason?: string;
	/** The call never left the queue. */
	failsInQueue?: boolean;
	/** The call stays in this status until `finish` is called. */
	staysIn?: 'queued' | 'calling';
	/** The status can no longer be read once the call has ended. */
	forgottenAtOnce?: boolean;
	queuedMs?: number;
	callingMs?: number;
	answeredBy?: 'HUMAN' | 'VOICEMAIL' | 'IVR';
	/** OUTBOUND_CALL_STATUS and OUTBOUND_CALL_SIP_CODE of the conversation's metrics. */
	callStatus?: 'Success' | 'Unavailable' | 'Busy' | 'Invalid Number' | 'Declined' | 'Error';
	sipCode?: number;
	/** How long after its end metrics, summary and score are added; default as the settings say. */
	addedMs?: number;
	/** No summary is ever written. */
	noSummary?: boolean;
	/** What the person says; they confirm the appointment if not given. */
	says?: string;
	/** The agent hands the call over, for this reason. */
	handoffReason?: string;
	/** What is shown for its conversation instead: nothing, or that of another call. */
	showsConversation?: 'never' | 'another';
}

const SUCCESS = { status: 'success', callStatus: 'Success', sipCode: 200 } as const;

const NAMED = {
	success: { ...SUCCESS, answeredBy: 'HUMAN' },
	voicemail: { ...SUCCESS, answeredBy: 'VOICEMAIL' },
	'no-answer': { status: 'failure', reason: 'no-answer', callStatus: 'Unavailable', sipCode: 480 },
	busy: { status: 'failure', reason: 'busy', callStatus: 'Busy', sipCode: 486 },
	declined: { status: 'failure', reason: 'declined', callStatus: 'Declined', sipCode: 603 },
	'invalid-number': {
		status: 'failure',
		reason: 'invalid number',
		callStatus: 'Invalid Number',
		sipCode: 404,
	},
	'queue-timeout': {
		status: 'failure',
		reason: 'call queueing: max timeout limit exceeded',
		failsInQueue: true,
		callStatus: 'Error',
		sipCode: 408,
	},
	error: { status: 'failure', reason: 'error', callStatus: 'Error', sipCode: 500 },
	'stuck-in-queue': { ...SUCCESS, answeredBy: 'HUMAN', staysIn: 'queued' },
	'never-ends': { ...SUCCESS, answeredBy: 'HUMAN', staysIn: 'calling' },
	forgotten: { ...SUCCESS, answeredBy: 'HUMAN', forgottenAtOnce: true },
} satisfies Record<string, CustomOutcome>;

export type OutcomeName = keyof typeof NAMED;
export type Outcome = OutcomeName | CustomOutcome;

export const OUTCOME_NAMES = Object.keys(NAMED) as OutcomeName[];

export function outcomeOf(outcome: Outcome): CustomOutcome {
	if (typeof outcome !== 'string') return outcome;
	const named = NAMED[outcome];
	if (!named) throw new Error(`No such outcome: ${outcome}. Known: ${OUTCOME_NAMES.join(', ')}`);
	return named;
}

import { isFinal } from '../callStatus';
import type { CallState } from '../versions/apiVersion';
import type { Conversation } from './conversation';

/**
 * How a call really went. `answered`: by a person, or by a company's phone menu. `unknown`: it
 * hasn't ended, it isn't known who answered, or PolyAI contradicts itself.
 */
export type Outcome = 'answered' | 'voicemail' | 'notReached' | 'unknown';

const VOICEMAIL = /voice ?mail|answering machine/i;

/**
 * A status alone only shows whether no one was reached: voicemail counts as success.
 *
 * @param conversation of the same call, where PolyAI shows it
 */
export function outcomeOf(
	{ status, reason = '' }: Pick<CallState, 'status' | 'reason'>,
	conversation?: Conversation,
): Outcome {
	if (!isFinal(status)) return 'unknown';
	const told = conversation?.status === 'calling' ? undefined : conversation;
	if (told?.answeredBy === 'voicemail') return 'voicemail';
	const isContradicted = told && isFinal(told.status) && told.status !== status;
	if (isContradicted) return 'unknown';
	if (told?.answeredBy !== undefined) return isTakenBy(told.answeredBy, status);
	if (VOICEMAIL.test(reason)) return 'voicemail';
	return status === 'failure' ? 'notReached' : 'unknown';
}

function isTakenBy(answeredBy: string, status: CallState['status']): Outcome {
	const isKnown = answeredBy === 'human' || answeredBy === 'ivr';
	return isKnown && status === 'success' ? 'answered' : 'unknown';
}

import type { Conversation } from '../../shared/conversations/conversation';
import { OUTBOUND_PREFIX } from '../../shared/conversations/wireNames';
import { inOrder } from '../../shared/inOrder';
import { isFinal } from '../../shared/polyai/callStatus';
import { isLimit } from '../../shared/sending/request';
import { lookOnce, type Look } from '../../shared/sending/readStatus';
import { POLL_CONCURRENCY } from '../pollLimits';
import type { CallEvent, Poll } from '../sources/source';
import type { Project } from './project';

/** How a call that an agent placed has ended. */
export interface Ending {
	conversation: Conversation;
	status: CallEvent;
	reason?: string;
}

/** What is to be done with a conversation: report its end, leave it out, or come back to it. */
type Judgement = Ending | 'leaveOut' | 'later';

/** PolyAI may show how a call ended only a while after its end. */
const SETTLING_MS = 10 * 60_000;

/**
 * How calls have ended. Where the list does not tell, or not even whether it is a call that an
 * agent placed, the call's status does, as long as PolyAI keeps it.
 *
 * @returns by call SID; calls to come back to are absent, and for those to be left out there is
 * nothing
 */
export async function judge(
	poll: Poll,
	{ environment }: Project,
	ended: readonly Conversation[],
	overdue: readonly Conversation[],
): Promise<Map<string, Ending | undefined>> {
	const judged = new Map<string, Ending | undefined>();
	const all = [...overdue, ...ended];
	let isLimited = false;
	const mayAsk = () => !isLimited && poll.sender.clock.now() < poll.until;
	const step = async (index: number) => {
		const conversation = all[index] as Conversation;
		const { callSid } = conversation;
		let judgement = byItself(conversation);
		if (!judgement && mayAsk()) {
			const look = await lookOnce(poll.sender, poll.account, { callSid, environment });
			if ('error' in look && look.result && isLimit(look.result)) isLimited = true;
			const isLast = index < overdue.length;
			judgement = byItsStatus(conversation, look, isLast, poll.sender.clock.now());
		}
		if (!judgement || judgement === 'later') return;
		judged.set(callSid, judgement === 'leaveOut' ? undefined : judgement);
	};
	await inOrder(all.length, POLL_CONCURRENCY, step, () => true);
	return judged;
}

/** Nothing when the list does not tell. */
function byItself(conversation: Conversation): Judgement | undefined {
	const { status, reason, direction } = conversation;
	if (direction === 'inbound') return 'leaveOut';
	if (direction !== 'outbound' || !isFinal(status)) return undefined;
	return { conversation, status: status as 'success' | 'failure', reason };
}

function byItsStatus(
	conversation: Conversation,
	look: Look,
	isLast: boolean,
	now: number,
): Judgement {
	if ('state' in look) {
		const { status, reason } = look.state;
		if (isFinal(status)) {
			return { conversation, status: status as 'success' | 'failure', reason };
		}
		return isLast ? unavailable(conversation, 'No result within 24 hours') : 'later';
	}
	if (look.mayPass) return 'later';
	const { callSid, direction, startedAt, finishedAt } = conversation;
	if (direction !== 'outbound' && !callSid.startsWith(OUTBOUND_PREFIX)) return 'leaveOut';
	if (isLast) return unavailable(conversation, 'No result within 24 hours');
	const endedAt = Date.parse(finishedAt ?? startedAt ?? '');
	if (now - endedAt < SETTLING_MS) return 'later';
	return unavailable(conversation, 'PolyAI does not show how the call ended');
}

function unavailable(conversation: Conversation, reason: string): Ending {
	return { conversation, status: 'unavailable', reason };
}

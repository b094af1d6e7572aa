import type { CallError } from '../callError';
import { askForConversation } from '../conversations/fetchConversation';
import type { Account } from '../polyai/account';
import { explainUnknownCall } from '../polyai/explain';
import type { CallRef, CallState } from '../polyai/generations/generation';
import { fitsIntoAPath } from '../polyai/generations/pathSegment';
import { withoutAbsent } from '../withoutAbsent';
import { ask, askOnce, type NoReply } from './ask';
import type { Sender } from './request';

/** What one look at a call told: its state, or why not and whether another look may tell more. */
export type Look = { state: CallState } | NoReply;

/**
 * Where a call stands. Reading changes nothing, so every failure that may pass is tried again.
 *
 * @throws CallError `notFound` for a call that PolyAI does not know, or no longer
 */
export async function readStatus(
	sender: Sender,
	account: Account,
	call: CallRef,
): Promise<CallState> {
	const look = await lookBy(ask, sender, account, call);
	if ('state' in look) return look.state;
	throw look.error;
}

/** The same with a single request, for whoever comes back anyway. */
export async function lookOnce(sender: Sender, account: Account, call: CallRef): Promise<Look> {
	return await lookBy(askOnce, sender, account, call);
}

async function lookBy(
	asking: typeof ask,
	sender: Sender,
	account: Account,
	call: CallRef,
): Promise<Look> {
	if (!fitsIntoAPath(call.callSid)) return { error: explainUnknownCall(call), mayPass: false };
	const [generation] = account.generations;
	const reply = await asking(sender, {
		url: account.baseUrl + generation.statusPath(call),
		generation,
		read: (body) => generation.readState(body),
		explainMissing: ({ details }: CallError) => explainUnknownCall(call, details),
	});
	if ('value' in reply) return { state: reply.value };
	const { agent } = account;
	const isGone = reply.error.code === 'notFound';
	if (!isGone || !agent?.tellsEnds) return reply;
	const told = await askForConversation(asking, sender, { ...account, agent }, call.callSid);
	if ('error' in told) return told.mayPass ? told : reply;
	const { status, reason, finishedAt: lastUpdated } = told.value.conversation;
	return status === 'unknown' ? reply : { state: withoutAbsent({ status, reason, lastUpdated }) };
}

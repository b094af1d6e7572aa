import { badRequest } from '../errors/badRequest';
import { notFound } from '../errors/notFound';
import { getConversation } from './conversations/fetchConversation';
import type { Account } from './account';
import type { CallRef, CallState } from './versions/apiVersion';
import { fitsIntoAPath } from './versions/pathSegment';
import { withoutAbsent } from '../withoutAbsent';
import { getWithRetry, getOnce, type ReadFailure } from './getWithRetry';
import type { Sender } from '../http/sendWithRetry';

/**
 * The result of reading a call's status: its state, or why there is none and whether another try
 * may help.
 */
export type StatusResult = { state: CallState } | ReadFailure;

/**
 * The status of a call. Reading changes nothing, so every temporary failure is retried.
 *
 * @throws CallError `notFound` for a call that PolyAI doesn't know, or no longer knows
 */
export async function readStatus(
	sender: Sender,
	account: Account,
	call: CallRef,
): Promise<CallState> {
	const look = await readWith(getWithRetry, sender, account, call);
	if ('state' in look) return look.state;
	throw look.error;
}

/** The same with a single request, for callers that come back anyway. */
export async function readStatusOnce(
	sender: Sender,
	account: Account,
	call: CallRef,
): Promise<StatusResult> {
	return await readWith(getOnce, sender, account, call);
}

async function readWith(
	get: typeof getWithRetry,
	sender: Sender,
	account: Account,
	call: CallRef,
): Promise<StatusResult> {
	if (!fitsIntoAPath(call.callSid)) return { error: notFound.call(call), mayPass: false };
	const [version] = account.versions;
	const reply = await get(sender, {
		url: account.baseUrl + version.statusPath(call),
		version,
		read: (body) => version.readState(body),
		refusals: {
			400: (details) => badRequest.callSidRefused({ ...details, ...call }),
			404: (details) => notFound.call({ ...details, ...call }),
		},
	});
	if ('value' in reply) return { state: reply.value };
	const { agent } = account;
	const isGone = reply.error.code === 'notFound';
	if (!isGone || !agent?.fallsBackToConversation) return reply;
	const told = await getConversation(get, sender, { ...account, agent }, call.callSid);
	if ('error' in told) return told.mayPass ? told : reply;
	const { status, reason, finishedAt: lastUpdated } = told.value.conversation;
	return status === 'unknown' ? reply : { state: withoutAbsent({ status, reason, lastUpdated }) };
}

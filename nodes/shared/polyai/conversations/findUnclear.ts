import type { AgentAccount } from '../account';
import { getOnce } from '../getWithRetry';
import type { Sender } from '../../http/sendWithRetry';
import { toResult } from '../../toResult';
import type { Conversation } from './conversation';
import type { FoundConversation } from './fetchConversation';
import { readListed } from './readListed';

/** A call that was sent, but isn't known to have been placed. */
export interface UnclearCall {
	phoneNumber: string;
	/** Milliseconds since 1970 */
	sentAt: number;
}

/** How long to look for a call, which enters PolyAI's list when it leaves the queue. */
const LONGEST_MS = 60_000;

const PAUSE_MS = 5000;

/** The clocks of n8n and of PolyAI may differ. */
const SKEW_MS = 10_000;

const DAY_MS = 24 * 60 * 60_000;

/** When such calls were sent, by list and number: two to one number can't be told apart. */
const unclear = new Map<string, Set<number>>();

/**
 * Looks for a call in its project's list: the only one to its number since it was sent that isn't
 * known otherwise.
 *
 * @param isAnothers whether a call is known to be a different one; rejects if that can't be
 * determined
 * @returns undefined if it doesn't appear within a minute, or if more than one call matches
 */
export async function findUnclear(
	sender: Sender,
	account: AgentAccount,
	{ workspaceId, environment }: { workspaceId: string; environment: string },
	call: UnclearCall,
	isAnothers: (callSid: string) => Promise<boolean>,
): Promise<Conversation | undefined> {
	const { clock, signal } = sender;
	const key = [account.baseUrl, account.agent.agentId, environment, call.phoneNumber].join(' ');
	const until = clock.now() + LONGEST_MS;
	while (isOnlyOne(key, call.sentAt, clock.now())) {
		const query = { from: call.sentAt - SKEW_MS, to: clock.now() + SKEW_MS, environment };
		const found = await toResult(async () => {
			const wanted = {
				limit: Infinity,
				fits: (one: Conversation) => isTo(call, one),
				lacks: () => false,
				keep: ({ conversation }: FoundConversation) => conversation,
			};
			const listed = await readListed(sender, account, workspaceId, query, wanted, getOnce);
			const known = await Promise.all(listed.map(async ({ callSid }) => await isAnothers(callSid)));
			return listed.filter((_, index) => !known[index]);
		});
		const candidates = 'value' in found ? found.value : [];
		if (candidates.length > 1) return undefined;
		const [only] = candidates;
		if (only && isOnlyOne(key, call.sentAt, clock.now())) {
			unclear.get(key)?.delete(call.sentAt);
			return only;
		}
		if (clock.now() >= until || signal?.aborted) return undefined;
		await clock.sleep(PAUSE_MS, signal);
	}
	return undefined;
}

function isOnlyOne(key: string, sentAt: number, now: number): boolean {
	forgetBefore(now - DAY_MS);
	const all = new Set([...(unclear.get(key) ?? []), sentAt]);
	unclear.set(key, all);
	return all.size === 1;
}

function forgetBefore(time: number): void {
	for (const [key, times] of unclear) {
		for (const sentAt of times) if (sentAt <= time) times.delete(sentAt);
		if (times.size === 0) unclear.delete(key);
	}
}

function isTo({ phoneNumber }: UnclearCall, one: Conversation): boolean {
	const digits = (text = '') => text.replace(/\D/g, '');
	return one.direction === 'outbound' && digits(one.phoneNumber) === digits(phoneNumber);
}

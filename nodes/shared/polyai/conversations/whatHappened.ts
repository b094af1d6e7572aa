import { timedOut } from '../../errors/timedOut';
import type { Account } from '../account';
import { isFinal } from '../callStatus';
import type { CallState } from '../versions/apiVersion';
import { getWithRetry, type ReadResult } from '../getWithRetry';
import type { Sender } from '../../http/sendWithRetry';
import { withoutAbsent } from '../../withoutAbsent';
import type { Conversation } from './conversation';
import { getConversation, type FoundConversation } from './fetchConversation';
import { outcomeOf, type Outcome } from './outcome';

/** How a call went, and what was said in it. */
export interface WhatHappened {
	outcome: Outcome;
	/** With the Agents API, once the call has ended. */
	conversation?: Conversation;
	/** Why the conversation, or a part of it, is missing. */
	conversationProblem?: string;
}

/** How patiently to ask. */
export interface Patience {
	get: typeof getWithRetry;
	/** Milliseconds since 1970 after which to stop waiting. */
	until: number;
}

/** How long to wait for who answered and the summary, which PolyAI adds after a call has ended. */
const LATEST_MS = 60_000;

const PAUSE_MS = 5000;

interface Seen {
	conversation?: Conversation;
	/** In words. */
	lacks?: string;
	/** Whether the missing part may still come. */
	mayCome?: boolean;
}

/**
 * What happened in a call whose status has been read. Waits for what PolyAI adds late, up to a
 * minute after the end of the call. A conversation that can't be read changes nothing about the
 * call, so that is returned and never thrown.
 *
 * @param state of the call
 * @throws CallError `timedOut` if the run was stopped in the meantime
 */
export async function whatHappened(
	sender: Sender,
	account: Account,
	callSid: string,
	state: CallState,
	{ get, until: end }: Patience = { get: getWithRetry, until: Infinity },
): Promise<WhatHappened> {
	const { agent } = account;
	if (!isFinal(state.status) || !agent) return { outcome: outcomeOf(state) };
	const begun = sender.clock.now();
	for (;;) {
		const reply = await getConversation(get, sender, { ...account, agent }, callSid);
		if (sender.signal?.aborted) throw timedOut.stopped().about({ callSid });
		const seen = look(reply, state);
		const endedAt = Date.parse(seen.conversation?.finishedAt ?? state.lastUpdated ?? '');
		const until = Math.min(Math.min(begun, endedAt || begun) + LATEST_MS, end);
		if (!seen.mayCome || sender.clock.now() >= until) return asTold(state, seen);
		await sender.clock.sleep(PAUSE_MS, sender.signal);
	}
}

function look(reply: ReadResult<FoundConversation>, state: CallState): Seen {
	if ('error' in reply) {
		return { lacks: reply.error.inWords, mayCome: reply.error.code === 'notFound' };
	}
	const { conversation } = reply.value;
	const lacks = lackOf(conversation, state);
	return { conversation, lacks, mayCome: lacks !== undefined };
}

/** A call that no one answered has no summary. */
function lackOf(conversation: Conversation, { status }: CallState): string | undefined {
	if (conversation.status === 'calling')
		return 'PolyAI’s conversation of this call has not ended yet.';
	const { answeredBy, reason, summary } = conversation;
	const isNotReached = status === 'failure' && answeredBy === undefined && reason !== undefined;
	if (isNotReached) return undefined;
	const missing = [
		...(answeredBy === undefined ? ['who answered'] : []),
		...(summary === undefined ? ['the summary'] : []),
	];
	return missing.length === 0
		? undefined
		: `PolyAI had not shown ${missing.join(' and ')} yet when the result was told. It may come later (Conversation > Get), or your project does not show it.`;
}

function asTold(state: CallState, { conversation, lacks }: Seen): WhatHappened {
	const outcome = outcomeOf(state, conversation);
	return withoutAbsent({ outcome, conversation, conversationProblem: lacks });
}

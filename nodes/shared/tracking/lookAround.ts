import type { CallError } from '../callError';
import { inOrder } from '../inOrder';
import type { Account } from '../polyai/account';
import { backoffMs } from '../sending/backoff';
import { lookOnce, type Look } from '../sending/readStatus';
import { isForbidden, isTokenRefused } from '../sending/refusals';
import { isLimit, waitAfter, type Sender } from '../sending/request';
import type { Concurrency } from './concurrency';
import { goneAtOf, type WatchedCall } from './watch';

/** What a poll works with, as far as it matters here. */
interface Looking {
	sender: Sender;
	account: Account;
	/** Milliseconds since 1970 at which no further look is started. */
	until: number;
	memory: { concurrency: Concurrency };
}

/**
 * Looks at calls in their order, several at a time, until all were seen or the time is over; what is
 * left is for the next poll. A 429 makes everybody wait; a refused token ends it at once.
 *
 * @returns a refusal that concerns all calls, for the user to know
 */
export async function lookAround<Call extends WatchedCall>(
	{ sender, account, until, memory: { concurrency } }: Looking,
	calls: readonly Call[],
	judge: (call: Call, look: Look) => void,
): Promise<CallError | undefined> {
	const { clock, gate, random } = sender;
	let refused: CallError | undefined;
	let forbidden: CallError | undefined;
	let isAnyTold = false;
	let pausedUntil = 0;
	const slowDown = (waitMs: number) => {
		// One of those that were on their way together is enough.
		if (clock.now() < pausedUntil) return;
		concurrency.limited();
		pausedUntil = clock.now() + waitMs;
		if (pausedUntil < until) gate.pause(waitMs);
	};
	const step = async (index: number) => {
		const call = calls[index] as Call;
		const look = await lookOnce(sender, account, call);
		const now = clock.now();
		if ('state' in look) isAnyTold = true;
		else if (isTokenRefused(look)) refused ??= look.error;
		else if (isForbidden(look) && now < (goneAtOf(call) ?? Infinity)) forbidden = look.error;
		if ('error' in look && look.result && isLimit(look.result)) {
			slowDown(waitAfter(look.result, now, backoffMs(1, random)));
		} else concurrency.answered();
		judge(call, look);
	};
	const goesOn = () => !refused && Math.max(clock.now(), pausedUntil) < until;
	await inOrder(calls.length, () => concurrency.now, step, goesOn);
	return refused ?? (isAnyTold ? undefined : forbidden);
}

import type { CallError } from '../errors/callError';
import { forEachConcurrently } from '../forEachConcurrently';
import type { Account } from '../polyai/account';
import { backoffMs } from '../http/backoff';
import { readStatusOnce, type StatusResult } from '../polyai/readStatus';
import { isForbidden, isTokenRefused } from '../polyai/statusRefusals';
import { isLimit, waitAfter, type Sender } from '../http/sendWithRetry';
import type { AdaptiveConcurrency } from './adaptiveConcurrency';
import { goneAtOf, type ScheduledCall } from './pollSchedule';

/** The part of a poll's context that matters here. */
interface PollContext {
	sender: Sender;
	account: Account;
	/** Milliseconds since 1970 at which no further status is read. */
	until: number;
	memory: { concurrency: AdaptiveConcurrency };
}

/**
 * Reads the statuses of calls in order, several at a time, until all have been read or the time is
 * up; the rest is left for the next poll. A 429 makes all wait; a refused token ends it at once.
 *
 * @returns a refusal that concerns all calls, for the user
 */
export async function pollStatuses<Call extends ScheduledCall>(
	{ sender, account, until, memory: { concurrency } }: PollContext,
	calls: readonly Call[],
	applyStatus: (call: Call, result: StatusResult) => void,
): Promise<CallError | undefined> {
	const { clock, rateLimiter, random } = sender;
	let refused: CallError | undefined;
	let forbidden: CallError | undefined;
	let isAnyRead = false;
	let pausedUntil = 0;
	const slowDown = (waitMs: number) => {
		// One of those that were in flight together is enough.
		if (clock.now() < pausedUntil) return;
		concurrency.limited();
		pausedUntil = clock.now() + waitMs;
		if (pausedUntil < until) rateLimiter.pause(waitMs);
	};
	const step = async (index: number) => {
		const call = calls[index] as Call;
		const result = await readStatusOnce(sender, account, call);
		const now = clock.now();
		if ('state' in result) isAnyRead = true;
		else if (isTokenRefused(result)) refused ??= result.error;
		else if (isForbidden(result) && now < (goneAtOf(call) ?? Infinity)) forbidden = result.error;
		if ('error' in result && result.result && isLimit(result.result)) {
			slowDown(waitAfter(result.result, now, backoffMs(1, random)));
		} else concurrency.answered();
		applyStatus(call, result);
	};
	const goesOn = () => !refused && Math.max(clock.now(), pausedUntil) < until;
	await forEachConcurrently(calls.length, () => concurrency.now, step, goesOn);
	return refused ?? (isAnyRead ? undefined : forbidden);
}

import type { Account } from '../../../../nodes/shared/polyai/account.ts';
import { march2026 } from '../../../../nodes/shared/polyai/versions/march2026.ts';
import type { HttpResult } from '../../../../nodes/shared/http/sendWithRetry.ts';
import { ResultWaiter } from '../../../../nodes/shared/waiting/resultWaiter.ts';
import { answer, scriptedSender } from '../sender.mts';

export const account: Account = { baseUrl: 'https://polyai.example', versions: [march2026] };
export const MINUTE = 60_000;
export const calling = answer(200, { status: 'calling' });
export const success = answer(200, { status: 'success' });

/**
 * A waiter that reads statuses every three seconds, from a PolyAI that answers by call SID and
 * second.
 */
export function watchOver(
	answerAt: (callSid: string, second: number) => HttpResult,
	{
		lookers = 5,
		latencyMs = 0,
		signal,
	}: { lookers?: number; latencyMs?: number; signal?: AbortSignal } = {},
) {
	const sender = scriptedSender(
		({ url }) => answerAt(url.split('/').at(-2) ?? '', (sender.clock.now() - start) / 1000),
		{ latencyMs, signal },
	);
	const start = sender.clock.now();
	const watch = new ResultWaiter(sender, account, 3000, lookers);
	return {
		watch,
		sender,
		waitFor: async (callSid: string, minutes = 15, unknownMinutes?: number) =>
			await watch.waitFor({
				callSid,
				until: start + minutes * MINUTE,
				unknownUntil: unknownMinutes === undefined ? undefined : start + unknownMinutes * MINUTE,
			}),
		/** Seconds at which a call was looked at. */
		looksAt: (callSid: string) =>
			sender.sent
				.filter(({ url }) => url.includes(`/${callSid}/`))
				.map(({ at }) => (at - start) / 1000),
		seconds: () => (sender.clock.now() - start) / 1000,
	};
}

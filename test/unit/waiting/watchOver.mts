import type { Account } from '../../../nodes/shared/polyai/account.ts';
import { baseDesign } from '../../../nodes/shared/polyai/generations/baseDesign.ts';
import type { Result } from '../../../nodes/shared/sending/request.ts';
import { CallWatch } from '../../../nodes/shared/waiting/callWatch.ts';
import { answer, scriptedSender } from '../support/sender.mts';

export const account: Account = { baseUrl: 'https://polyai.example', generations: [baseDesign] };
export const MINUTE = 60_000;
export const calling = answer(200, { status: 'calling' });
export const success = answer(200, { status: 'success' });

/** A watch that looks every three seconds, on a PolyAI that answers by call SID and second. */
export function watchOver(
	answerAt: (callSid: string, second: number) => Result,
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
	const watch = new CallWatch(sender, account, 3000, lookers);
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

import { CallError } from '../callError';
import type { Account } from '../polyai/account';
import type { CallRef } from '../polyai/generations/generation';
import { inOrder } from '../inOrder';
import { lookOnce, type Look } from '../sending/readStatus';
import { isLimit, type Sender } from '../sending/request';

/**
 * Looks at calls one after the other, several at a time, until all were seen or the time is over;
 * what is left over is for the next poll. A refused token and a 429 concern all calls, so they end
 * it at once.
 *
 * @param until milliseconds since 1970 at which no further look is started
 * @returns why it ended early, when that is for the user to know
 */
export async function lookAround(
	sender: Sender,
	account: Account,
	calls: readonly CallRef[],
	rules: { until: number; concurrency: number },
	judge: (callSid: string, look: Look) => void,
): Promise<CallError | undefined> {
	let refused: CallError | undefined;
	let isLimited = false;
	const step = async (index: number) => {
		const call = calls[index] as CallRef;
		const look = await lookOnce(sender, account, call);
		if ('error' in look && look.error.code === 'unauthorized') refused ??= look.error;
		if ('error' in look && look.result && isLimit(look.result)) isLimited = true;
		judge(call.callSid, look);
	};
	const goesOn = () => !refused && !isLimited && sender.clock.now() < rules.until;
	await inOrder(calls.length, rules.concurrency, step, goesOn);
	return refused;
}

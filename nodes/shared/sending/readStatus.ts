import { CallError } from '../callError';
import { NoAnswer, type HttpAnswer } from '../http/transport';
import type { Account } from '../polyai/account';
import type { CallState } from '../polyai/generations/generation';
import { explain, sendOnce, sendPatiently, type Result, type Sender } from './request';
import { mayReadAgain } from './verdict';

/**
 * Where a call stands. Reading changes nothing, so every failure that may pass is tried again.
 *
 * @throws CallError `notFound` for a call that PolyAI does not know, or no longer
 */
export async function readStatus(
	sender: Sender,
	{ baseUrl, generations: [generation] }: Account,
	callSid: string,
): Promise<CallState> {
	if (!fitsIntoAPath(callSid)) throw unknownCall(callSid);
	const request = { method: 'GET' as const, url: baseUrl + generation.statusPath(callSid) };
	const again = (result: Result) =>
		mayReadAgain(result) || (isSuccess(result) && !stateIn(result, generation.readState));
	const result = await sendPatiently(sender, () => sendOnce(sender, request), again);
	const state = stateIn(result, generation.readState);
	if (state) return state;
	throw failure(result, callSid);
}

/** Servers and clients resolve `.` and `..` even when they are encoded. */
function fitsIntoAPath(callSid: string): boolean {
	return !/^\.{0,2}$/.test(callSid) && !/\p{Surrogate}/u.test(callSid);
}

function isSuccess(result: Result): result is HttpAnswer {
	return !(result instanceof NoAnswer) && result.status >= 200 && result.status < 300;
}

function stateIn(
	result: Result,
	read: (body: unknown) => CallState | undefined,
): CallState | undefined {
	return isSuccess(result) ? read(result.body) : undefined;
}

function failure(result: Result, callSid: string): CallError {
	if (result instanceof NoAnswer) return explain(result);
	if (result.status === 404) return unknownCall(callSid, explain(result));
	if (isSuccess(result)) {
		return new CallError('serverError', 'PolyAI’s answer could not be read', {
			description:
				'Try again later. Check the region or the base URL in the credential if it goes on.',
		});
	}
	return explain(result);
}

const LONGEST_QUOTE = 80;

/** polyai-api.md § 2: status data lives about two hours after the call's end. */
function unknownCall(callSid: string, said?: CallError): CallError {
	const message = `PolyAI does not know the call “${callSid.slice(0, LONGEST_QUOTE)}”`;
	return new CallError('notFound', message, {
		...said?.details,
		description:
			'PolyAI forgets a call’s status about two hours after the call has ended. If the call is more recent, check its call SID, and whether the credential is the one with which it was placed.',
	});
}

import type { CallError } from '../callError';
import { NoAnswer, type HttpAnswer } from '../http/transport';
import type { Account } from '../polyai/account';
import { explainUnknownCall, explainUnreadable } from '../polyai/explain';
import type { CallState, Generation } from '../polyai/generations/generation';
import { fitsIntoAPath } from '../polyai/generations/pathSegment';
import { explain, sendOnce, sendPatiently, stopped, type Result, type Sender } from './request';
import { mayReadAgain } from './verdict';

/** What one look at a call told: its state, or why not and whether another look may tell more. */
export type Look = { state: CallState } | { error: CallError; mayPass: boolean; result?: Result };

/**
 * Where a call stands. Reading changes nothing, so every failure that may pass is tried again.
 *
 * @throws CallError `notFound` for a call that PolyAI does not know, or no longer
 */
export async function readStatus(
	sender: Sender,
	account: Account,
	callSid: string,
): Promise<CallState> {
	let look = lookInVain(callSid);
	if (!look) {
		const result = await sendPatiently(sender, {
			turn: async () => await sender.gate.turnToRead(),
			send: async () => await requestStatus(sender, account, callSid),
			again: (result) => isPassing(lookAt(result, account, callSid)),
		});
		look = lookAt(result, account, callSid);
	}
	if ('state' in look) return look.state;
	throw look.error;
}

/** The same with a single request, for whoever comes back anyway. */
export async function lookOnce(sender: Sender, account: Account, callSid: string): Promise<Look> {
	const inVain = lookInVain(callSid);
	if (inVain) return inVain;
	if (!(await sender.gate.turnToRead())) return { error: stopped(), mayPass: false };
	return lookAt(await requestStatus(sender, account, callSid), account, callSid);
}

async function requestStatus(sender: Sender, account: Account, callSid: string): Promise<Result> {
	const path = account.generations[0].statusPath(callSid);
	return await sendOnce(sender, { method: 'GET', url: account.baseUrl + path });
}

/** No call is called so. */
function lookInVain(callSid: string): Look | undefined {
	return fitsIntoAPath(callSid)
		? undefined
		: { error: explainUnknownCall(callSid), mayPass: false };
}

function lookAt(result: Result, { generations: [generation] }: Account, callSid: string): Look {
	if (result instanceof NoAnswer) {
		return { error: explain(result, generation), mayPass: true, result };
	}
	const isSuccess = result.status >= 200 && result.status < 300;
	const state = isSuccess ? generation.readState(result.body) : undefined;
	if (state) return { state };
	const mayPass = isSuccess || mayReadAgain(result);
	return {
		error: isSuccess ? explainUnreadable() : failure(result, generation, callSid),
		mayPass,
		result,
	};
}

function isPassing(look: Look): boolean {
	return 'error' in look && look.mayPass;
}

function failure(answer: HttpAnswer, generation: Generation, callSid: string): CallError {
	const error = explain(answer, generation);
	return answer.status === 404 ? explainUnknownCall(callSid, error.details) : error;
}

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { timedOut } from '../../../shared/errors/timedOut';
import { whatHappened } from '../../../shared/polyai/conversations/whatHappened';
import type { LiveCalls } from '../../../shared/waiting/liveCalls';
import { ResultWaiter, type Wait, type WaitResult } from '../../../shared/waiting/resultWaiter';
import { withConversationFallback } from '../../../n8n/fallBackToConversation';
import { includeConversation } from '../../../n8n/includeConversation';
import { waitingOptions } from '../../options/waitingOptions';
import { optionsOf, type Session } from '../../run/session';
import { hintAtTimeout } from './hintAtTimeout';
import { toStatusOutput } from './statusOutput';

export interface WaitRules {
	timeoutMinutes: number;
	onTimeout: 'error' | 'returnStatus';
	includesConversation: boolean;
}

export function readWaitRules(context: IExecuteFunctions, item: number): WaitRules {
	const options = optionsOf(context, item);
	return {
		timeoutMinutes: waitingOptions.waitTimeout.read(options),
		onTimeout: waitingOptions.onTimeout.read(options),
		includesConversation: includeConversation.read(options),
	};
}

/** The waiter that all items of a run share. */
export function openWaiter(context: IExecuteFunctions, session: Session): ResultWaiter {
	const options = optionsOf(context, 0);
	hintAtTimeout(context, waitingOptions.waitTimeout.read(options));
	const seconds = waitingOptions.pollInterval.read(options);
	const account = withConversationFallback(session.account, includeConversation.read(options));
	return new ResultWaiter(session.sender, account, seconds * 1000, session.concurrency);
}

/**
 * Waits for a call to end and returns the fields of the contract (docs/design.md § 2).
 *
 * @param live where the end of the call makes room for another one
 * @throws CallError `timedOut` if the item asks for it, or of the status that can't be read
 */
export async function waitForEnd(
	waiter: ResultWaiter,
	wait: Omit<Wait, 'until'>,
	{ timeoutMinutes, onTimeout, includesConversation }: WaitRules,
	{ sender, account, tracking }: Session,
	live?: LiveCalls,
): Promise<IDataObject> {
	const { callSid } = wait;
	const start = sender.clock.now();
	const until = start + timeoutMinutes * 60_000;
	const end = await makingRoom(waiter.waitFor({ ...wait, until }), live);
	tracking.saw(callSid, end.state);
	if (end.timedOut && onTimeout === 'error') {
		const { status } = end.state;
		throw timedOut.notEnded({ callSid, time: inWords(timeoutMinutes), status });
	}
	const json = {
		...toStatusOutput(callSid, end.state, end.checkedAt),
		waitedSeconds: Math.round((end.checkedAt - start) / 1000),
		timedOut: end.timedOut,
	};
	if (!includesConversation) return json;
	return { ...json, ...(await whatHappened(sender, account, callSid, end.state)) } as IDataObject;
}

async function makingRoom(end: Promise<WaitResult>, live?: LiveCalls): Promise<WaitResult> {
	const hasEnded = await end.then(
		({ timedOut: goesOn }) => !goesOn,
		() => false,
	);
	if (hasEnded) live?.leave();
	else live?.stay();
	return await end;
}

function inWords(minutes: number): string {
	return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

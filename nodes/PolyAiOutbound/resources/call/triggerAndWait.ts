import type { IDataObject } from 'n8n-workflow';
import { environmentField } from '../../../n8n/environmentField';
import type { ResultWaiter } from '../../../shared/waiting/resultWaiter';
import { CallError } from '../../../shared/errors/callError';
import { skipReasons } from '../../../shared/errors/skipReasons';
import { timedOut } from '../../../shared/errors/timedOut';
import { toResult } from '../../../shared/toResult';
import { LiveCalls } from '../../../shared/waiting/liveCalls';
import { PendingOutput, type Operation } from '../../operation';
import { includeConversation } from '../../../n8n/includeConversation';
import { maxLiveCalls, waitingOptions } from '../../options/waitingOptions';
import { phoneNumberFields } from '../phoneNumber/phoneNumberFields';
import { optionsOf } from '../../run/session';
import { placingOptions } from '../../options/placingOptions';
import { openPlacingRun, type Placing } from '../../placing/placingRun';
import type { CallRequest } from '../../placing/callRequest';
import { toPlacementOutput, Skipped } from '../../placing/placement';
import { openWaiter, readWaitRules, waitForEnd, type WaitRules } from './waitForEnd';

/** A status may be requested before it has reached the server that answers. */
const NEW_CALL_MS = 60_000;

export const triggerAndWait: Operation = {
	resource: 'call',
	value: 'triggerAndWait',
	name: 'Trigger and Wait',
	action: 'Trigger call and wait for result',
	description: 'Place a call, wait for it to end, then return its result',
	toolDescription:
		'Has a voice agent call a real person right away and talk to them, and returns when the call has ended, which can take minutes. It cannot be undone: use it only when a call to this person is wanted, and only once for each person. Status success: the call took place, which includes voicemail. Status failure: no one was reached. Status skipped: no one was called, and skipReason says why. If timedOut is true, the call is still going on. If it returns an error, say so instead of trying other numbers. If it is not confirmed whether a call was placed, do not call again.',
	fields: [...phoneNumberFields, environmentField],
	options: [...placingOptions, includeConversation, maxLiveCalls, ...Object.values(waitingOptions)],
	async open(context) {
		return await openPlacingRun(context, ({ session, placer }) => {
			const waiter = openWaiter(context, session);
			const most = Math.floor(maxLiveCalls.read(optionsOf(context, 0))) || Infinity;
			const live = new LiveCalls(most, session.sender.signal);
			return (request, item) => {
				const rules = readWaitRules(context, item);
				return async () =>
					await placeAndWait({ placer, waiter, session, live }, request, rules, item);
			};
		});
	},
};

/** What the items of a run share. */
export interface WaitingRun extends Placing {
	waiter: ResultWaiter;
	live: LiveCalls;
}

/** Places a call as soon as there is room; its result comes later, while the next calls are placed. */
export async function placeAndWait(
	run: WaitingRun,
	request: CallRequest,
	rules: WaitRules,
	item: number,
): Promise<IDataObject | PendingOutput> {
	const { placer, waiter, session, live } = run;
	if (placer.isKnown(request, item)) live.count();
	else if (!(await live.enter())) return withoutRoom(request, rules);
	const placed = await toResult(async () => await placer.place(request, item));
	if ('error' in placed) return await failed(placed.error, live);
	const placement = placed.value;
	const json = toPlacementOutput(request, placement);
	if (placement instanceof Skipped) {
		live.leave();
		return json;
	}
	const unknownUntil = session.sender.clock.now() + NEW_CALL_MS;
	const { environment } = request.details;
	const wait = { callSid: placement.callSid, environment, unknownUntil };
	const end = waitForEnd(waiter, wait, rules, session, live);
	return new PendingOutput(end.then((fields) => ({ ...json, ...fields })));
}

/** A call that may have been placed may be in progress. */
async function failed(error: unknown, live: LiveCalls): Promise<never> {
	const isUnplaced = error instanceof CallError && error.code !== 'outcomeUnknown';
	if (isUnplaced) live.leave();
	else live.stay();
	return await Promise.reject(error);
}

/** @throws CallError `timedOut` if the item asks for it */
function withoutRoom(request: CallRequest, { onTimeout }: WaitRules): IDataObject {
	const { phoneNumber } = request.number;
	if (onTimeout !== 'returnStatus') throw timedOut.noRoom({ phoneNumber });
	const reason = skipReasons.noRoom({ phoneNumber });
	return toPlacementOutput(request, new Skipped('tooManyLiveCalls', reason));
}

import type { IDataObject } from 'n8n-workflow';
import { environmentField } from '../../n8n/environmentField';
import type { CallWatch } from '../../shared/waiting/callWatch';
import { CallError } from '../../shared/callError';
import { settle } from '../../shared/settle';
import { LiveCalls } from '../../shared/waiting/liveCalls';
import { Later, type Operation } from '../operation';
import { includeConversation } from '../../n8n/includeConversation';
import { maxLiveCalls, waitingOptions } from '../options/waitingOptions';
import { phoneNumberFields } from '../phoneNumber/phoneNumberFields';
import { optionsOf, type Line } from '../run/openLine';
import { callingOptions } from './callingOptions';
import type { CallPlacer } from './callPlacer';
import { openCalling } from './openCalling';
import type { Order } from './order';
import { placementJson, Skipped } from './placement';
import { openWatch, readWaitRules, waitForEnd, type WaitRules } from './waiting';

/** A status may be asked for before it has reached the server that answers. */
const NEW_CALL_MS = 60_000;

export const triggerAndWait: Operation = {
	resource: 'call',
	value: 'triggerAndWait',
	name: 'Trigger and Wait',
	action: 'Trigger a call and wait for its result',
	description: 'Place a call, wait for it to end, then return its result',
	toolDescription:
		'Has a voice agent phone a real person at once and talk to them, and answers when the call is over, which can take minutes. It cannot be undone: use it only when a call to this person is wanted, and once for each person. Status success: the call took place, which includes a voicemail. Status failure: nobody was reached. Status skipped: nobody was called, and skipReason says why. If timedOut is true, the call is still going on. If it answers with an error, say so instead of trying other numbers; if it is not confirmed whether a call was placed, do not call again.',
	fields: [...phoneNumberFields, environmentField],
	options: [...callingOptions, includeConversation, maxLiveCalls, ...Object.values(waitingOptions)],
	async open(context) {
		const { line, placed, placer, readOrder, end } = await openCalling(context);
		const watch = openWatch(context, line);
		const most = Math.floor(maxLiveCalls.read(optionsOf(context, 0))) || Infinity;
		const live = new LiveCalls(most, line.sender.signal);
		return {
			concurrency: line.concurrency,
			placed,
			giveUp: line.giveUp,
			end,
			prepare(item) {
				const order = readOrder(item);
				const rules = readWaitRules(context, item);
				return async () => await placeAndWait({ placer, watch, line, live }, order, rules, item);
			},
		};
	},
};

/** What the items of a run share. */
export interface WaitingRun {
	placer: CallPlacer;
	watch: CallWatch;
	line: Line;
	live: LiveCalls;
}

/** Places a call as soon as there is room; its result comes later, while the next calls are placed. */
export async function placeAndWait(
	run: WaitingRun,
	order: Order,
	rules: WaitRules,
	item: number,
): Promise<IDataObject | Later> {
	const { placer, watch, line, live } = run;
	if (placer.isKnown(order, item)) live.count();
	else if (!(await live.enter())) return withoutRoom(order, rules);
	const placed = await settle(async () => await placer.place(order, item));
	if ('error' in placed) return await failed(placed.error, live);
	const placement = placed.value;
	const json = placementJson(order, placement);
	if (placement instanceof Skipped) {
		live.leave();
		return json;
	}
	const unknownUntil = line.sender.clock.now() + NEW_CALL_MS;
	const { environment } = order.details;
	const wait = { callSid: placement.callSid, environment, unknownUntil };
	const end = waitForEnd(watch, wait, rules, line, live);
	return new Later(end.then((fields) => ({ ...json, ...fields })));
}

/** A call that may have been placed may be in progress. */
async function failed(error: unknown, live: LiveCalls): Promise<never> {
	const isUnplaced = error instanceof CallError && error.code !== 'outcomeUnknown';
	if (isUnplaced) live.leave();
	else live.stay();
	return await Promise.reject(error);
}

/** @throws CallError `timedOut` if the item asks for it */
function withoutRoom(order: Order, { onTimeout }: WaitRules): IDataObject {
	const { phoneNumber } = order.number;
	const why = "'Max Live Calls' leaves no room: calls before it may still be in progress.";
	if (onTimeout === 'returnStatus') {
		const reason = `${phoneNumber} was not called. ${why}`;
		return placementJson(order, new Skipped('tooManyLiveCalls', reason));
	}
	throw new CallError('timedOut', `${phoneNumber} was not called, since there was no room`, {
		phoneNumber,
		description: `${why} Raise it in the options, or Wait Timeout.`,
	});
}

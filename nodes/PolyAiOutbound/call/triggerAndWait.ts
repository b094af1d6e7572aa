import type { IDataObject } from 'n8n-workflow';
import { environmentField } from '../../n8n/environmentField';
import type { CallWatch } from '../../shared/waiting/callWatch';
import { Later, type Operation } from '../operation';
import { includeConversation } from '../options/includeConversation';
import { waitingOptions } from '../options/waitingOptions';
import { phoneNumberFields } from '../phoneNumber/phoneNumberFields';
import type { Line } from '../run/openLine';
import { callingOptions } from './callingOptions';
import type { CallPlacer } from './callPlacer';
import { openCalling, type Order } from './openCalling';
import { placementJson, Skipped } from './placement';
import { openWatch, readWaitRules, waitForEnd, type WaitRules } from './waiting';

/** A status may be asked for before it has reached the server that answers. */
const NEW_CALL_MS = 60_000;

export const triggerAndWait: Operation = {
	resource: 'call',
	value: 'triggerAndWait',
	name: 'Trigger and Wait',
	action: 'Trigger a call and wait for its result',
	description: 'Have the voice agent phone somebody, and go on when the call has ended',
	toolDescription:
		'Has a voice agent phone a real person at once and talk to them, and answers when the call is over, which can take minutes. It cannot be undone: use it only when a call to this person is wanted, and once for each person. Status success: the call took place, which includes a voicemail. Status failure: nobody was reached. Status skipped: nobody was called, and skipReason says why. If timedOut is true, the call is still going on. If it answers with an error, say so instead of trying other numbers; if a call may have been placed, do not call again.',
	fields: [...phoneNumberFields, environmentField],
	options: [...callingOptions, includeConversation, ...Object.values(waitingOptions)],
	async open(context) {
		const { line, placed, placer, readOrder, end } = await openCalling(context);
		const watch = openWatch(context, line);
		return {
			concurrency: line.concurrency,
			placed,
			giveUp: line.giveUp,
			end,
			prepare(item) {
				const order = readOrder(item);
				const rules = readWaitRules(context, item);
				return async () => await placeAndWait(placer, watch, order, rules, item, line);
			},
		};
	},
};

/** Places a call; its result comes later, while the next calls are placed. */
export async function placeAndWait(
	placer: CallPlacer,
	watch: CallWatch,
	order: Order,
	rules: WaitRules,
	item: number,
	line: Line,
): Promise<IDataObject | Later> {
	const placement = await placer.place(order, item);
	const json = placementJson(order, placement);
	if (placement instanceof Skipped) return json;
	const unknownUntil = line.sender.clock.now() + NEW_CALL_MS;
	const { environment } = order.details;
	const wait = { callSid: placement.callSid, environment, unknownUntil };
	const end = waitForEnd(watch, wait, rules, line);
	return new Later(end.then((fields) => ({ ...json, ...fields })));
}

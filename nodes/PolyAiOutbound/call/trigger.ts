import { environmentField } from '../../n8n/environmentField';
import type { Operation } from '../operation';
import { phoneNumberFields } from '../phoneNumber/phoneNumberFields';
import { callingOptions } from './callingOptions';
import { openCalling } from './openCalling';
import { placementJson } from './placement';

export const trigger: Operation = {
	resource: 'call',
	value: 'trigger',
	name: 'Trigger',
	action: 'Trigger a call',
	description: 'Place a call without waiting for its result',
	toolDescription:
		'Has a voice agent phone a real person at once and talk to them. It cannot be undone: use it only when a call to this person is wanted, and once for each person. It answers as soon as the call is accepted, with a callSid by which the result can be asked for; queued does not mean that somebody was reached. If it answers with an error, say so instead of trying other numbers; if it is not confirmed whether a call was placed, do not call again.',
	fields: [...phoneNumberFields, environmentField],
	options: callingOptions,
	async open(context) {
		const { line, placed, placer, readOrder, end } = await openCalling(context);
		return {
			concurrency: line.concurrency,
			giveUp: line.giveUp,
			end,
			placed,
			prepare(item) {
				const order = readOrder(item);
				return async () => placementJson(order, await placer.place(order, item));
			},
		};
	},
};

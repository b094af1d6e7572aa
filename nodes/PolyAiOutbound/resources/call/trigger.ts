import { environmentField } from '../../../n8n/environmentField';
import type { Operation } from '../../operation';
import { phoneNumberFields } from '../phoneNumber/phoneNumberFields';
import { placingOptions } from '../../options/placingOptions';
import { preparePlacing } from '../../placing/preparePlacing';
import { toPlacementOutput } from '../../placing/placement';

export const trigger: Operation = {
	resource: 'call',
	value: 'trigger',
	name: 'Trigger',
	action: 'Trigger call',
	description: 'Place a call without waiting for its result',
	toolDescription:
		'Has a voice agent phone a real person at once and talk to them. It cannot be undone: use it only when a call to this person is wanted, and once for each person. It answers as soon as the call is accepted, with a callSid by which the result can be asked for; queued does not mean that somebody was reached. If it answers with an error, say so instead of trying other numbers; if it is not confirmed whether a call was placed, do not call again.',
	fields: [...phoneNumberFields, environmentField],
	options: placingOptions,
	async open(context) {
		const { session, placed, placer, readRequest, end } = await preparePlacing(context);
		return {
			concurrency: session.concurrency,
			giveUp: session.giveUp,
			end,
			placed,
			prepare(item) {
				const request = readRequest(item);
				return async () => toPlacementOutput(request, await placer.place(request, item));
			},
		};
	},
};

import { environmentField } from '../../../n8n/environmentField';
import type { Operation } from '../../operation';
import { phoneNumberFields } from '../phoneNumber/phoneNumberFields';
import { placingOptions } from '../../options/placingOptions';
import { openPlacingRun } from '../../placing/placingRun';
import { toPlacementOutput } from '../../placing/placement';

export const trigger: Operation = {
	resource: 'call',
	value: 'trigger',
	name: 'Trigger',
	action: 'Trigger call',
	description: 'Place a call without waiting for its result',
	toolDescription:
		'Has a voice agent call a real person right away and talk to them. It cannot be undone: use it only when a call to this person is wanted, and only once for each person. It returns as soon as the call is accepted, with a callSid for getting the result later; the status queued does not mean that anyone was reached. If it returns an error, say so instead of trying other numbers. If it is not confirmed whether a call was placed, do not call again.',
	fields: [...phoneNumberFields, environmentField],
	options: placingOptions,
	async open(context) {
		return await openPlacingRun(context, ({ placer }) => (request, item) => {
			return async () => toPlacementOutput(request, await placer.place(request, item));
		});
	},
};

import { environmentField } from '../../n8n/environmentField';
import type { Operation } from '../operation';
import { phoneNumberFields } from '../phoneNumber/phoneNumberFields';
import { callingOptions } from './callingOptions';
import { placementJson } from './callPlacer';
import { openCalling } from './openCalling';

export const trigger: Operation = {
	resource: 'call',
	value: 'trigger',
	name: 'Trigger',
	action: 'Trigger a call',
	description: 'Have the voice agent phone somebody, and go on at once',
	fields: [...phoneNumberFields, environmentField],
	options: callingOptions,
	async open(context) {
		const { line, placed, placer, readOrder } = await openCalling(context);
		return {
			concurrency: line.concurrency,
			giveUp: line.giveUp,
			placed,
			prepare(item) {
				const order = readOrder(item);
				return async () => placementJson(order, await placer.place(order, item));
			},
		};
	},
};

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { PendingOutput, type Operation } from '../../operation';
import { includeConversation } from '../../../n8n/includeConversation';
import { includeInputFields } from '../../options/includeInputFields';
import { maxConcurrency, requestTimeout } from '../../options/sendingOptions';
import { waitingOptions } from '../../options/waitingOptions';
import { callFields } from './callFields';
import { openExistingCallRun } from './existingCallRun';
import { openWaiter, readWaitRules, waitForEnd } from './waitForEnd';

export const waitForResult: Operation = {
	resource: 'call',
	value: 'waitForResult',
	name: 'Wait for Result',
	action: 'Wait for call result',
	description: 'Wait for a call to end, then return its result',
	toolDescription:
		'Waits for a phone call that was placed earlier to end, and returns its result. It calls no one. Status success: the call took place, which includes voicemail. Status failure: no one was reached, and reason says why if it is known. If timedOut is true, the call is still going on.',
	fields: callFields,
	options: [
		includeConversation,
		includeInputFields,
		maxConcurrency,
		requestTimeout,
		...Object.values(waitingOptions),
	],
	async open(context) {
		return await openExistingCallRun(context, (session) => {
			const waiter = openWaiter(context, session);
			return (call, item) => {
				const rules = readWaitRules(context, item);
				const known = phoneNumberOf(context, item);
				return async () => {
					const end = waitForEnd(waiter, call, rules, session);
					return new PendingOutput(end.then((fields) => ({ ...fields, ...known })));
				};
			};
		});
	},
};

/** The number is included if the item has it, as after Trigger. */
function phoneNumberOf(context: IExecuteFunctions, item: number): IDataObject {
	const phoneNumber = context.getInputData()[item]?.json.phoneNumber;
	return typeof phoneNumber === 'string' ? { phoneNumber } : {};
}

import type { INodeProperties, IPollFunctions } from 'n8n-workflow';
import type { CallEvent } from './sources/source';

const EVERY_EVENT: readonly CallEvent[] = ['failure', 'success', 'unavailable'];

/** Stands for every event. */
const ENDED = 'ended';

/** Under "Trigger On", n8n's node picker looks for the entries that it lists, each with its action. */
export const eventsField: INodeProperties = {
	displayName: 'Trigger On',
	name: 'events',
	type: 'multiOptions',
	required: true,
	options: [
		{
			name: 'Call Ended',
			value: ENDED,
			action: 'On call ended',
			description: 'The call has ended, in whichever way',
		},
		{
			name: 'Call Failed',
			value: 'failure',
			action: 'On call failed',
			description: 'The call did not connect or was not answered',
		},
		{
			name: 'Call Succeeded',
			value: 'success',
			action: 'On call succeeded',
			description: 'The call was completed. A voicemail counts too.',
		},
		{
			name: 'Result Unavailable',
			value: 'unavailable',
			action: 'On result unavailable',
			description: 'PolyAI forgot the result before it could be read, two hours after the call',
		},
	],
	default: [ENDED],
	description: 'Which ends of a call start the workflow. Default: Call Ended.',
};

/** The events that the field holds, each by itself. */
export function readEvents(context: IPollFunctions): readonly CallEvent[] {
	const chosen = context.getNodeParameter('events') as Array<CallEvent | typeof ENDED>;
	return chosen.includes(ENDED) ? EVERY_EVENT : (chosen as CallEvent[]);
}

/** Under the trigger on the canvas. */
export const eventsSubtitle = `={{ $parameter.events.includes("${ENDED}") || $parameter.events.length === ${EVERY_EVENT.length} ? "On every ended call" : "On " + $parameter.events.join(" or ") }}`;

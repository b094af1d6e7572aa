import { environmentField } from '../../n8n/environmentField';
import { notFound } from '../../shared/errors/notFound';
import { callTracker } from '../../shared/tracking/callTracker';
import type { ScheduledCall } from '../../shared/tracking/pollSchedule';
import { findEnds } from './findEnds';
import { toCallOutput, type Poll, type Source, statusOptions } from './source';
import { listOf } from '../../shared/listOf';

/** A few calls that the user lists. */
export const callSids: Source = {
	value: 'callSids',
	name: 'Given Call Ended',
	action: 'On given call ended',
	description: 'Specific calls by SID, including calls placed outside n8n',
	fields: [
		{
			displayName: 'Call SIDs',
			name: 'callSids',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000',
			description:
				'One or more call SIDs, separated by commas or line breaks, or an expression that returns a list. Each call is reported once.',
		},
		environmentField,
	],
	options: statusOptions,
	noSample: notFound.endOfCallSids,

	async poll(poll) {
		const { reported } = poll.memory;
		const { clock } = poll.sender;
		const given = givenCalls(poll);
		// Call SIDs that are still in the list are never forgotten, however long ago they were
		// reported.
		for (const { callSid } of given) if (reported.has(callSid)) reported.add(callSid, clock.now());
		const open = given.filter(({ callSid }) => !reported.has(callSid));
		const { ended, unreadable, refused } = await findEnds(poll, open);
		for (const { call } of ended) reported.add(call.callSid, clock.now());
		// With what is known about the call if this n8n placed it.
		const told = ended.map(({ call, end }) =>
			toCallOutput(end, callTracker.find(call.callSid) ?? call),
		);
		// A mistyped call SID isn't a call that is still open.
		const whyNone = unreadable.length === given.length ? unreadable[0] : undefined;
		return { ended: told, refused, whyNone };
	},
};

function givenCalls(poll: Poll): ScheduledCall[] {
	const callSids = listOf(poll.context.getNodeParameter('callSids'));
	return [...new Set(callSids)].map((callSid) => {
		const { triggeredAt, environment = poll.environment } = callTracker.find(callSid) ?? {};
		return { callSid, triggeredAt, environment };
	});
}

import { readConversation } from '../../../nodes/shared/polyai/conversations/conversation.ts';

const ONE = {
	conversationId: 'OUT-1',
	startedAt: '2026-11-23T12:00:00+01:00',
	finishedAt: '2026-11-23T11:01:30',
	fromNumber: '+442079460000',
	toNumber: '+442079460018',
	inProgress: false,
	totalDuration: 90,
	direction: 'outbound',
};

function statusOf(more: object) {
	const { status, reason } = readConversation({ ...ONE, ...more }) ?? {};
	return reason === undefined ? status : [status, reason];
}

test('times are UTC, whatever they were sent as', () => {
	expect(readConversation(ONE)).toMatchObject({
		startedAt: '2026-11-23T11:00:00.000Z',
		finishedAt: '2026-11-23T11:01:30.000Z',
		durationSeconds: 90,
	});
});

test('a row of the list says the same, and its end follows from its duration', () => {
	expect(
		readConversation({
			id: 'OUT-1',
			started_at: '2026-11-23T11:00:00Z',
			from_number: '+442079460000',
			to_number: '+442079460018',
			in_progress: false,
			total_duration: '90',
			handoff: 'true',
			turns: [{ user_input: 'Put me\nthrough, please', agent_response: ' ' }],
		}),
	).toEqual({
		callSid: 'OUT-1',
		status: 'success',
		direction: 'outbound',
		phoneNumber: '+442079460018',
		startedAt: '2026-11-23T11:00:00.000Z',
		finishedAt: '2026-11-23T11:01:30.000Z',
		durationSeconds: 90,
		handoff: true,
		transcript: 'User: Put me through, please',
	});
});

test.each([
	['Success', 'success'],
	['success', 'success'],
	['Unavailable', ['failure', 'Unavailable']],
	['Busy', ['failure', 'Busy']],
	['Invalid Number', ['failure', 'Invalid Number']],
	['Declined', ['failure', 'Declined']],
	['Error', ['failure', 'Error']],
	['Teleported', ['unknown', 'Teleported']],
])('OUTBOUND_CALL_STATUS %s is %j', (word, status) => {
	expect(statusOf({ metrics: { OUTBOUND_CALL_STATUS: word } })).toEqual(status);
});

test.each<[string, object, string]>([
	['somebody spoke', { turns: [{ user_input: 'Yes' }] }, 'success'],
	['somebody answered', { metrics: { CALL_ANSWERED_BY: 'VOICEMAIL' } }, 'success'],
	['the call was handed off', { handoff: true }, 'success'],
	['only the agent spoke', { turns: [{ agent_response: 'Hello?' }] }, 'unknown'],
	['nothing is known', {}, 'unknown'],
	['it goes on', { inProgress: true, turns: [{ user_input: 'Yes' }] }, 'calling'],
	[
		'nobody knows whether it is over',
		{ inProgress: undefined, finishedAt: null, turns: [{ user_input: 'Yes' }] },
		'unknown',
	],
])('without metrics, when %s: %s', (_, more, status) => {
	expect(statusOf(more)).toBe(status);
});

test('in a call that came in, the other party is who called', () => {
	const { phoneNumber, direction } = readConversation({ ...ONE, direction: 'INBOUND' }) ?? {};
	expect([direction, phoneNumber]).toEqual(['inbound', '+442079460000']);
});

test.each<[object, string | undefined]>([
	[{ id: 'OUT-1' }, 'outbound'],
	[{ id: '1', metrics: { OUTBOUND_CALL_STATUS: 'Busy' } }, 'outbound'],
	[{ id: '1', metrics: { CALL_ANSWERED_BY: 'HUMAN' } }, undefined],
	[{ id: '1' }, undefined],
])('the direction of the row %j is %s', (row, direction) => {
	expect(readConversation(row)?.direction).toBe(direction);
});

test('fields of another type than documented are as if they were not sent', () => {
	const odd = {
		conversationId: 17,
		startedAt: 'yesterday',
		finishedAt: [],
		totalDuration: 'long',
		inProgress: 'no',
		handoff: 7,
		language: {},
		tags: 'vip',
		turns: { 0: 'Hello' },
		metrics: [1],
		polyScore: 'good',
		shortSummary: ['Hello'],
	};
	expect(readConversation(odd)).toEqual({ callSid: '17', status: 'unknown' });
});

test.each([{ totalDuration: 1e300 }, { startedAt: '9e99' }, { turns: [null, 'Hello', []] }])(
	'%j breaks nothing',
	(more) => {
		expect(readConversation({ ...ONE, finishedAt: undefined, ...more })).toHaveProperty('callSid');
	},
);

test.each([null, 'Not found', [], {}, { conversationId: '' }, { id: null }])(
	'%j is no conversation',
	(body) => {
		expect(readConversation(body)).toBeUndefined();
	},
);

import type { Conversation } from '../../../nodes/shared/polyai/conversations/conversation.ts';
import { outcomeOf } from '../../../nodes/shared/polyai/conversations/outcome.ts';

const shown = (given: Partial<Conversation>) => ({ callSid: 'SID', ...given }) as Conversation;

test.each(['Reached voicemail', 'VOICE MAIL', 'answering machine detected'])(
	'a call that ended with "%s" reached a voicemail, though no conversation says who answered',
	(reason) => {
		expect(outcomeOf({ status: 'success', reason })).toBe('voicemail');
		expect(outcomeOf({ status: 'failure', reason }, shown({ status: 'failure' }))).toBe(
			'voicemail',
		);
	},
);

test('of a success of which nothing is known but that, no one knows who answered', () => {
	expect(outcomeOf({ status: 'success' })).toBe('unknown');
	expect(outcomeOf({ status: 'success', reason: 'Completed' })).toBe('unknown');
	expect(outcomeOf({ status: 'failure', reason: 'Busy' })).toBe('notReached');
});

test.each(['success', 'failure'] as const)(
	'if the call log says %s and the conversation the contrary, no one knows how the call went',
	(status) => {
		const contrary = status === 'success' ? 'failure' : 'success';
		const answered = shown({ status: contrary, answeredBy: 'human' });
		expect(outcomeOf({ status }, answered)).toBe('unknown');
	},
);

test('a conversation that has not ended yet says nothing', () => {
	const early = shown({ status: 'calling', answeredBy: 'human' });
	expect(outcomeOf({ status: 'failure' }, early)).toBe('notReached');
});

test.each([
	['human', 'answered'],
	['ivr', 'answered'],
	['fax', 'unknown'],
])('a call that was answered by a %s counts as %s', (answeredBy, outcome) => {
	const conversation = shown({ status: 'success', answeredBy });
	expect(outcomeOf({ status: 'success' }, conversation)).toBe(outcome);
});

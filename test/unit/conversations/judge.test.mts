import type { Conversation } from '../../../nodes/shared/conversations/conversation.ts';
import type { Result } from '../../../nodes/shared/sending/request.ts';
import { judge } from '../../../nodes/PolyAiOutboundTrigger/conversations/judge.ts';
import type { Poll } from '../../../nodes/PolyAiOutboundTrigger/sources/source.ts';
import { answer, scriptedSender } from '../support/sender.mts';
import { account } from './agentAccount.mts';

const MINUTE = 60_000;

/** A row that has ended; how it ended it does not tell. */
const UNTOLD: Conversation = { callSid: '1', status: 'unknown' };

/** The judgement of one conversation, that ended so many minutes ago, and what was asked for it. */
async function judged(
	conversation: Conversation,
	{ status = answer(404) as Result, minutesAgo = 0, isOverdue = false, isLate = false } = {},
) {
	const sender = scriptedSender(() => status);
	const now = sender.clock.now();
	const finishedAt = new Date(now - minutesAgo * MINUTE).toISOString();
	const poll = { sender, account, until: isLate ? now : now + 1 } as Partial<Poll> as Poll;
	const project = { account, workspaceId: 'ws-1', environment: 'sandbox', key: '' } as const;
	const calls = [{ finishedAt, ...conversation }];
	const result = await judge(poll, project, isOverdue ? [] : calls, isOverdue ? calls : []);
	const ending = result.get(conversation.callSid);
	const verdict = ending?.status ?? (result.has(conversation.callSid) ? 'left out' : 'later');
	return { verdict, reason: ending?.reason, sent: sender.sent.map(({ url }) => url) };
}

const inStatus = (status: string, reason = '') => ({ status: answer(200, { status, reason }) });

test('what the list tells is taken from there', async () => {
	const busy: Conversation = {
		callSid: 'OUT-1',
		status: 'failure',
		reason: 'Busy',
		direction: 'outbound',
	};
	expect(await judged(busy)).toEqual({ verdict: 'failure', reason: 'Busy', sent: [] });
});

test('a call that came in is left out, and nothing is asked for it', async () => {
	const inbound: Conversation = { callSid: '1', status: 'success', direction: 'inbound' };
	expect(await judged(inbound)).toMatchObject({ verdict: 'left out', sent: [] });
});

test('the status decides where the list does not say how, or whether it was placed', async () => {
	expect(await judged(UNTOLD, inStatus('FAILURE', 'no answer'))).toEqual({
		verdict: 'failure',
		reason: 'no answer',
		sent: [
			'https://agents.example/v1/agents/PROJECT-1/telephony/outbound-calls/1/status?environment=sandbox',
		],
	});
});

test('a conversation that is no placed call by its status either is left out', async () => {
	expect(await judged(UNTOLD)).toMatchObject({ verdict: 'left out' });
	expect(await judged({ ...UNTOLD, status: 'success' })).toMatchObject({ verdict: 'left out' });
});

test.each<[string, Parameters<typeof judged>[1]]>([
	['PolyAI has a problem', { status: answer(503) }],
	['PolyAI wants less', { status: answer(429) }],
	['the status lags behind', inStatus('CALLING')],
	['the poll has no time left', { isLate: true, ...inStatus('SUCCESS') }],
])('when %s, it is for the next poll', async (_, given) => {
	expect(await judged({ ...UNTOLD, callSid: 'OUT-1' }, given)).toMatchObject({ verdict: 'later' });
});

test.each([
	[0, 'later'],
	[9, 'later'],
	[11, 'unavailable'],
])(
	'a placed call of which nothing tells the end, %i minutes after it: %s',
	async (minutesAgo, verdict) => {
		const placed: Conversation = { callSid: 'OUT-1', status: 'unknown', direction: 'outbound' };
		expect(await judged(placed, { minutesAgo })).toMatchObject({ verdict });
	},
);

test.each<[string, Parameters<typeof judged>[1]]>([
	['OUT-1', { isOverdue: true }],
	['1', { isOverdue: true, ...inStatus('CALLING') }],
])('the placed call %s, open for a day, is unavailable', async (callSid, given) => {
	expect(await judged({ ...UNTOLD, callSid }, given)).toMatchObject({
		verdict: 'unavailable',
		reason: 'No result within 24 hours',
	});
});

test('one that came in and never ended is left out', async () => {
	expect(await judged(UNTOLD, { isOverdue: true })).toMatchObject({ verdict: 'left out' });
});

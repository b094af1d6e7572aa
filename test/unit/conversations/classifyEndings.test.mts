import type { Conversation } from '../../../nodes/shared/polyai/conversations/conversation.ts';
import type { HttpResult } from '../../../nodes/shared/http/sendWithRetry.ts';
import { TriggerMemory } from '../../../nodes/shared/tracking/triggerMemory.ts';
import { classifyEndings } from '../../../nodes/PolyAiOutboundTrigger/conversations/classifyEndings.ts';
import type { Poll } from '../../../nodes/PolyAiOutboundTrigger/sources/source.ts';
import { answer, scriptedSender } from '../../support/unit/sender.mts';
import { account } from '../../support/unit/conversations/agentAccount.mts';

const MINUTE = 60_000;

/** A row that has ended; how it ended it does not tell. */
const UNTOLD: Conversation = { callSid: '1', status: 'unknown' };

/**
 * The judgment of one conversation that ended so many minutes ago, after so many polls in a row, and
 * what was asked for it.
 */
async function classified(
	conversation: Conversation,
	{
		status = answer(404) as HttpResult,
		minutesAgo = 0,
		polls = 2,
		pauseMinutes = 0.5,
		isLate = false,
	} = {},
) {
	const sender = scriptedSender(() => status);
	const { clock } = sender;
	const finishedAt = new Date(clock.now() - minutesAgo * MINUTE).toISOString();
	const memory = new TriggerMemory('w', 'n');
	const project = { account, workspaceId: 'ws-1', environment: 'sandbox', key: '' } as const;
	const calls = [{ finishedAt, ...conversation }];
	for (let poll = 1; ; poll++) {
		const until = clock.now() + (isLate ? 0 : 1);
		const given = { sender, account, memory, until } as Partial<Poll> as Poll;
		const { classified: result } = await classifyEndings(given, project, calls);
		const ending = result.get(conversation.callSid);
		const verdict = ending?.end.status ?? (result.has(conversation.callSid) ? 'left out' : 'later');
		const { reason } = ending?.end ?? {};
		if (verdict !== 'later' || poll === polls) {
			return { verdict, reason, sent: sender.sent.map(({ url }) => url) };
		}
		await clock.sleep(pauseMinutes * MINUTE);
	}
}

const inStatus = (status: string, reason = '') => ({ status: answer(200, { status, reason }) });

test('what the list tells is taken from there', async () => {
	const busy: Conversation = {
		callSid: 'OUT-1',
		status: 'failure',
		reason: 'Busy',
		direction: 'outbound',
	};
	expect(await classified(busy)).toEqual({ verdict: 'failure', reason: 'Busy', sent: [] });
});

test('a call that came in is left out, and nothing is asked for it', async () => {
	const inbound: Conversation = { callSid: '1', status: 'success', direction: 'inbound' };
	expect(await classified(inbound)).toMatchObject({ verdict: 'left out', sent: [] });
});

test('the status decides where the list does not say how, or whether it was placed', async () => {
	expect(await classified(UNTOLD, inStatus('FAILURE', 'no answer'))).toEqual({
		verdict: 'failure',
		reason: 'no answer',
		sent: [
			'https://agents.example/v1/agents/PROJECT-1/telephony/outbound-calls/1/status?environment=sandbox',
		],
	});
});

test('a conversation that is no placed call by its status either is left out, once that is certain', async () => {
	expect(await classified(UNTOLD)).toMatchObject({ verdict: 'later' });
	expect(await classified(UNTOLD, { minutesAgo: 11 })).toMatchObject({ verdict: 'left out' });
	const success: Conversation = { ...UNTOLD, status: 'success' };
	expect(await classified(success, { minutesAgo: 11 })).toMatchObject({ verdict: 'left out' });
});

test.each<[string, Parameters<typeof classified>[1]]>([
	['PolyAI has a problem', { status: answer(503) }],
	['PolyAI wants less', { status: answer(429) }],
	['PolyAI refuses the key', { status: answer(401) }],
	['the status lags behind', inStatus('CALLING')],
	['the poll has no time left', { isLate: true, ...inStatus('SUCCESS') }],
])('when %s, it is for the next poll', async (_, given) => {
	const placed: Conversation = { ...UNTOLD, callSid: 'OUT-1' };
	expect(await classified(placed, { minutesAgo: 11, ...given })).toMatchObject({
		verdict: 'later',
	});
});

test.each([
	[0, 400, 2, 'later'],
	[8, 404, 2, 'later'],
	[11, 404, 1, 'later'],
	[11, 404, 2, 'unavailable'],
	[11, 403, 2, 'unavailable'],
	[11, 400, 2, 'unavailable'],
])(
	'a placed call of which nothing tells the end, %i minutes after it, PolyAI answers %i in %i polls: %s',
	async (minutesAgo, status, polls, verdict) => {
		const placed: Conversation = { callSid: 'OUT-1', status: 'unknown', direction: 'outbound' };
		const given = { minutesAgo, status: answer(status), polls };
		expect(await classified(placed, given)).toMatchObject({ verdict });
	},
);

describe('open for a day', () => {
	const startedAt = new Date(Date.UTC(2026, 10, 22, 11)).toISOString();
	const open: Conversation = {
		callSid: 'OUT-1',
		status: 'calling',
		startedAt,
		finishedAt: undefined,
	};

	test('the status tells of a placed call that it goes on: it is unavailable', async () => {
		expect(await classified(open, { polls: 1, ...inStatus('CALLING') })).toMatchObject({
			verdict: 'unavailable',
			reason: 'No result within 24 hours',
		});
	});

	test('PolyAI does not know it: it is unavailable', async () => {
		expect(await classified(open, { pauseMinutes: 11 })).toMatchObject({ verdict: 'unavailable' });
	});

	test('one that came in is left out', async () => {
		expect(await classified({ ...open, callSid: '1' }, { pauseMinutes: 11 })).toMatchObject({
			verdict: 'left out',
		});
	});
});

import { ended, placed, useConversations } from '../support/engine/conversations.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import { agentsCredentialFor, errorOf, polyAi, run } from '../support/engine/polyAi.mts';
import { Poller } from '../support/engine/poller.mts';
import { startProcess } from '../support/engine/process.mts';

useFastClock();
beforeEach(useConversations);

const AGENTS = { authentication: 'agentsApi' };
const FALL_BACK = { fallBackToConversation: true };

async function statusOf(callSid: string, options = {}) {
	const { items } = await run({
		operation: 'getStatus',
		credentials: agentsCredentialFor(polyAi),
		fields: AGENTS,
		items: [{ callSid }],
		onError: 'continueRegularOutput',
		options,
	});
	return items[0]?.json ?? {};
}

describe('the status of a call that PolyAI has forgotten', () => {
	test('is told by its conversation if the user wants that', async () => {
		const callSid = await ended('busy');
		polyAi.expire(callSid);

		expect(await statusOf(callSid, FALL_BACK)).toMatchObject({
			callSid,
			status: 'failure',
			isFinal: true,
			reason: 'Busy',
			lastUpdated: expect.stringMatching(/Z$/),
		});
	});

	test('is not found otherwise, and no conversation is asked for', async () => {
		const callSid = await ended();
		polyAi.expire(callSid);

		expect(errorOf({ json: await statusOf(callSid) })).toMatchObject({ code: 'notFound' });
		expect(polyAi.journal.requests.some(({ path }) => path.includes('conversations'))).toBe(false);
	});

	test.each([
		['there is none', () => polyAi.fault({ on: 'conversation', answer: 404 })],
		['it may not be read', () => polyAi.fault({ on: 'conversation', answer: 403 })],
		['it does not tell', () => polyAi.set({ transcripts: false })],
	])('stays not found when %s', async (_, prepare) => {
		const callSid = await ended();
		polyAi.expire(callSid);
		prepare();

		expect(errorOf({ json: await statusOf(callSid, FALL_BACK) })).toMatchObject({
			code: 'notFound',
			message: expect.stringContaining('does not know the call'),
		});
		expect(await statusOf(callSid, { ...FALL_BACK, ifNotFound: 'returnUnknown' })).toMatchObject({
			status: 'unknown',
		});
	});

	test('is waited for when the conversation cannot be had at once', async () => {
		const callSid = await ended();
		polyAi.expire(callSid);
		polyAi.fault({ on: 'conversation', answer: 503, times: 2 });

		expect(await statusOf(callSid, FALL_BACK)).toMatchObject({ status: 'success' });
	});
});

test('a status that PolyAI still has is not asked for twice', async () => {
	const callSid = await placed();

	expect(await statusOf(callSid, FALL_BACK)).toMatchObject({ status: 'calling' });
	expect(polyAi.journal.requests.at(-1)?.path).toContain('/status');
});

test.each([
	[FALL_BACK, 'success'],
	[{}, 'unavailable'],
])('with %j the trigger reports a call whose status is gone as %s', async (options, status) => {
	const callSid = await ended();
	polyAi.expire(callSid);
	const poller = new Poller({
		node: startProcess().PolyAiOutboundTrigger,
		credentials: agentsCredentialFor(polyAi),
		parameters: { ...AGENTS, source: 'callSids', callSids: callSid, options },
	});
	const first = (await poller.poll()) ?? [];
	// As often as n8n polls at the most.
	const aMinuteLater = Date.now() + 60_000;
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => aMinuteLater);
	const items = [...first, ...((await poller.poll()) ?? [])];
	clock.mockRestore();

	expect(items.map(({ json }) => json)).toEqual([expect.objectContaining({ callSid, status })]);
});

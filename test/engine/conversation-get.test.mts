import { useFastClock } from '../support/engine/fastClock.mts';
import { askAbout, ended, placed, useConversations } from '../support/engine/conversations.mts';
import { agentsCredentialFor, credentialFor, errorOf, polyAi } from '../support/engine/polyAi.mts';

useFastClock();
beforeEach(useConversations);

const ISO_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

async function conversationOf(callSid: string, given?: Parameters<typeof askAbout>[2]) {
	return (await askAbout('get', [callSid], given)).items[0]?.json ?? {};
}

async function failureOf(callSid: string, given?: Parameters<typeof askAbout>[2]) {
	const json = await conversationOf(callSid, { onError: 'continueRegularOutput', ...given });
	return errorOf({ json });
}

test('how a call went and what was said, in ten fields at most', async () => {
	const callSid = await ended();

	expect(await conversationOf(callSid)).toEqual({
		callSid,
		outcome: 'answered',
		status: 'success',
		direction: 'outbound',
		phoneNumber: '+442079460100',
		startedAt: expect.stringMatching(ISO_UTC),
		durationSeconds: expect.any(Number),
		summary: 'The callee confirmed the appointment.',
		transcript: [
			'Agent: Hello, this is the clinic calling about your appointment.',
			'User: Yes, I will be there.',
			'Agent: Lovely, see you tomorrow. Goodbye!',
		].join('\n'),
	});
});

test('a call that nobody took says so, and is told without a transcript', async () => {
	const json = await conversationOf(await ended('busy'));

	expect(json).toMatchObject({ outcome: 'notReached', status: 'failure', reason: 'Busy' });
	expect(json).not.toHaveProperty('transcript');
});

test('a call that is going on has the status calling and no end', async () => {
	const json = await conversationOf(await placed());

	expect(json).toMatchObject({ status: 'calling' });
	expect(json).not.toHaveProperty('durationSeconds');
});

test('how a call ended is unknown where the project does not show it, never a guess', async () => {
	polyAi.set({ transcripts: false });
	const json = await conversationOf(await ended());

	expect(json).toMatchObject({ outcome: 'unknown', status: 'unknown' });
	for (const hidden of ['transcript', 'summary']) expect(json).not.toHaveProperty(hidden);
});

test('without Simplify it comes as PolyAI sent it', async () => {
	const callSid = await ended();
	const json = await conversationOf(callSid, { fields: { simple: false } });

	expect(json).toMatchObject({ conversationId: callSid, clientEnv: 'live', polyScore: 4 });
	expect(json.turns).toHaveLength(2);
});

test('it can be read when the status is long gone', async () => {
	const callSid = await ended();
	polyAi.expire(callSid);

	expect(await conversationOf(callSid)).toMatchObject({ status: 'success' });
});

test('a call SID from the time before prefixes finds the call, and stays as the user has it', async () => {
	const bare = (await ended()).replace('OUT-', '');

	expect(await conversationOf(bare)).toMatchObject({ callSid: bare, status: 'success' });
});

test('many at once come out in order, each paired with its own', async () => {
	const callSids = [await ended(), await ended('busy'), await placed()];
	const { items } = await askAbout('get', callSids);

	expect(items.map(({ json }) => json.callSid)).toEqual(callSids);
	expect(items.map(({ json }) => json.status)).toEqual(['success', 'failure', 'calling']);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
});

describe('when it cannot be read', () => {
	test('since the call is in the queue, or unknown, what to check is said', async () => {
		polyAi.set({ queuedMs: 1_000_000 });
		const callSid = await placed();

		expect(await failureOf(callSid)).toEqual({
			message: `PolyAI has no conversation of the call “${callSid}”`,
			code: 'notFound',
			description: expect.stringContaining('has left the queue'),
			callSid,
			correlationId: expect.any(String),
		});
	});

	test.each(['.', '..', '\ud800'])('%j is no call SID and is not sent at all', async (callSid) => {
		expect(await failureOf(callSid)).toMatchObject({ code: 'notFound' });
		expect(polyAi.journal.requests).toEqual([]);
	});

	test.each([
		[401, 'unauthorized', 'PolyAI refused the API key'],
		[403, 'unauthorized', "This API key doesn't have permission for this agent"],
		[429, 'rateLimited', "PolyAI's rate limit is exceeded"],
		[503, 'serverError', 'PolyAI is temporarily unavailable'],
		['garbage', 'serverError', 'PolyAI’s answer could not be read'],
	] as const)('after %s the item says why: %s', async (answer, code, message) => {
		const callSid = await ended();
		polyAi.fault({ on: 'conversation', answer });

		expect(await failureOf(callSid)).toMatchObject({
			code,
			message: expect.stringContaining(message),
			callSid,
		});
	});

	test('what passes is waited for', async () => {
		const callSid = await ended();
		polyAi.fault({ on: 'conversation', answer: 429, retryAfter: 3, times: 1 });
		polyAi.fault({ on: 'conversation', answer: 503, times: 1 });

		expect(await conversationOf(callSid)).toMatchObject({ status: 'success' });
	});

	test('with the token, which PolyAI tells nothing of it: what to choose is said', async () => {
		const error = await failureOf('some-call', {
			credentials: { ...credentialFor(polyAi), ...agentsCredentialFor(polyAi) },
			fields: { authentication: 'apiToken' },
		});

		expect(error).toMatchObject({
			code: 'badRequest',
			description: expect.stringContaining('Choose a credential of the type PolyAI Agents API'),
		});
		expect(polyAi.journal.requests).toEqual([]);
	});
});

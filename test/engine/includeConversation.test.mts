import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { CustomOutcome } from '../simulator/calls/outcomes.mts';
import { useConversations } from '../support/engine/conversations.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	agentsCredentialFor,
	call,
	numbers,
	polyAi,
	run,
	speaking,
	type Run,
} from '../support/engine/polyAi.mts';

beforeEach(() => {
	useFastClock();
	useConversations();
});

const [ann, bob] = numbers(2) as [string, string];
const HUMAN: CustomOutcome = { status: 'success', callStatus: 'Success', answeredBy: 'HUMAN' };
const BUSY: CustomOutcome = { status: 'failure', reason: 'busy', callStatus: 'Busy' };

const withKey = (given: Run = {}): Run => ({
	credentials: agentsCredentialFor(polyAi),
	fields: { authentication: 'agentsApi', ...(given.fields as object) },
	options: { includeConversation: true, pollInterval: 2, maxConcurrency: 20, ...given.options },
});

/** How each operation tells of calls that end in these ways. */
const TELLERS: Record<string, (phones: string[]) => Promise<IDataObject[]>> = {
	async triggerAndWait(phones) {
		const { items } = await call(phones, { operation: 'triggerAndWait', ...withKey() });
		return items.map(({ json }) => json);
	},
	async waitForResult(phones) {
		return await later('waitForResult', phones);
	},
	async getStatus(phones) {
		return await later('getStatus', phones);
	},
};

async function later(operation: string, phones: string[]): Promise<IDataObject[]> {
	const { items } = await call(phones, { ...withKey(), options: {} });
	const given = withKey(operation === 'getStatus' ? { options: { pollInterval: undefined } } : {});
	const placed = items.map(({ json }) => ({ callSid: json.callSid }) as IDataObject);
	return (await run({ operation, ...given, items: placed })).items.map(({ json }) => json);
}

/** Places one call that goes as said, and gives what the operation tells of it. */
async function told(operation: string, outcome: CustomOutcome): Promise<IDataObject> {
	polyAi.set({ callingMs: 0, outcomeByNumber: { [ann]: outcome } });
	return (await TELLERS[operation]?.([ann]))?.[0] ?? {};
}

describe.each(Object.keys(TELLERS))('%s with Include Conversation', (operation) => {
	test('tells who answered and what was said, in the same item', async () => {
		expect(await told(operation, HUMAN)).toMatchObject({
			status: 'success',
			outcome: 'answered',
			conversation: {
				status: 'success',
				phoneNumber: ann,
				summary: 'The callee confirmed the appointment.',
				transcript: expect.stringContaining('User: Yes, I will be there.'),
			},
		});
	});

	test('a voicemail is no answer, although PolyAI counts it as a success', async () => {
		const json = await told(operation, { ...HUMAN, answeredBy: 'VOICEMAIL' });
		expect(json).toMatchObject({ status: 'success', outcome: 'voicemail' });
	});

	test('who was not reached has no summary, and nothing is missing', async () => {
		const json = await told(operation, BUSY);
		expect(json).toMatchObject({ status: 'failure', outcome: 'notReached' });
		expect(json).not.toHaveProperty('conversationProblem');
	});

	test('what PolyAI adds late is waited for', async () => {
		const json = await told(operation, { ...HUMAN, addedMs: 5000 });
		expect(json).toMatchObject({ outcome: 'answered', conversation: { answeredBy: 'human' } });
		expect(json).not.toHaveProperty('conversationProblem');
	});

	test('what does not come within a minute is said, and no outcome is made up', async () => {
		const json = await told(operation, { ...HUMAN, addedMs: 10_000_000 });
		expect(json).toMatchObject({
			status: 'success',
			outcome: 'unknown',
			conversationProblem: expect.stringContaining('who answered and the summary'),
		});
	});

	test('a conversation that cannot be read costs no result', async () => {
		polyAi.fault({ on: 'conversation', answer: 403 });
		expect(await told(operation, BUSY)).toMatchObject({
			status: 'failure',
			outcome: 'notReached',
			conversationProblem: expect.stringContaining(
				"This API key doesn't have permission for this agent",
			),
		});
	});

	test('whatever PolyAI shows of a call, and when, the outcome is right or unknown', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(aCall, { minLength: 2, maxLength: 12 }), async (calls) => {
				polyAi.reset();
				useConversations();
				const outcomes = calls.map(({ truth, shown }) => ({ ...TRUTHS[truth], ...shown }));
				polyAi.set({ callingMs: 0, outcomeScript: [...outcomes] });
				const phones = calls.map(({ isSecondToBob }, index) => {
					return isSecondToBob ? bob : (numbers(50)[index + 2] as string);
				});
				const items = (await TELLERS[operation]?.(phones)) ?? [];
				const byNumber = new Map(polyAi.calls.all().map((one) => [one.sid, one.outcome]));
				for (const json of items) {
					const outcome = byNumber.get(String(json.callSid)) as CustomOutcome;
					expectHonest(json, outcome);
				}
			}),
			{ numRuns: 8 },
		);
	});
});

const TRUTHS = {
	answered: HUMAN,
	voicemail: { ...HUMAN, answeredBy: 'VOICEMAIL' },
	notReached: BUSY,
} satisfies Record<string, CustomOutcome>;

const aCall = fc.record({
	truth: fc.constantFrom(...(Object.keys(TRUTHS) as Array<keyof typeof TRUTHS>)),
	isSecondToBob: fc.boolean(),
	shown: fc.oneof(
		fc.record({ addedMs: fc.integer({ min: 0, max: 20_000 }) }),
		fc.record({ addedMs: fc.integer({ min: 10_000_000, max: 20_000_000 }) }),
		fc.record({ noSummary: fc.constant(true) }),
		fc.record({ showsConversation: fc.constantFrom('never' as const, 'another' as const) }),
	),
});

/** Never another outcome than the true one; and the true one where it was shown in time. */
function expectHonest(json: IDataObject, { answeredBy, ...outcome }: CustomOutcome): void {
	const { status, addedMs = 0, showsConversation } = outcome;
	const truth =
		status === 'failure' ? 'notReached' : answeredBy === 'HUMAN' ? 'answered' : 'voicemail';
	// What is added late may come too late on a machine that is busy.
	const isShown = showsConversation === undefined && addedMs === 0;
	const isKnown = isShown || status === 'failure';
	expect(json.status).toBe(status);
	expect(isKnown ? [truth] : [truth, 'unknown']).toContain(json.outcome);
	if (showsConversation || addedMs > 20_000)
		expect(isKnown || json.outcome === 'unknown').toBe(true);
	const conversation = json.conversation as IDataObject | undefined;
	expect(conversation?.callSid ?? json.callSid).toBe(json.callSid);
	if (isShown)
		expect('conversationProblem' in json).toBe(status === 'success' && !!outcome.noSummary);
	if (showsConversation) expect(json).toHaveProperty('conversationProblem');
}

test('a call that goes on has no outcome yet', async () => {
	const { items } = await call([ann], {
		operation: 'triggerAndWait',
		...withKey({ options: { waitTimeout: 1 } }),
	});
	expect(items[0]?.json).toMatchObject({ timedOut: true, outcome: 'unknown' });
	expect(items[0]?.json).not.toHaveProperty('conversation');
});

test('with a token the outcome is told as far as the status tells it', async () => {
	polyAi.set({ callingMs: 0, outcomeByNumber: { [ann]: HUMAN, [bob]: BUSY } });
	const { items } = await call([ann, bob], {
		operation: 'triggerAndWait',
		...speaking('g2'),
		options: { includeConversation: true, pollInterval: 2 },
	});
	expect(items.map(({ json }) => json.outcome)).toEqual(['unknown', 'notReached']);
	expect(items[0]?.json).not.toHaveProperty('conversation');
});

test('Get Status tells of a call whose status PolyAI has forgotten', async () => {
	polyAi.set({ callingMs: 0, outcomeByNumber: { [ann]: HUMAN } });
	const { items } = await call([ann], { ...withKey(), options: {} });
	const callSid = String(items[0]?.json.callSid);
	polyAi.expire(callSid);
	const options = { includeConversation: true, pollInterval: undefined, maxConcurrency: 5 };
	const asked = await run({
		operation: 'getStatus',
		...withKey({ options }),
		items: [{ callSid }],
	});
	expect(asked.items[0]?.json).toMatchObject({ status: 'success', outcome: 'answered' });
});

test('without the option an item is as it was', async () => {
	polyAi.set({ callingMs: 0, outcome: HUMAN });
	const { items } = await call([ann], {
		operation: 'triggerAndWait',
		...withKey({ options: { includeConversation: false } }),
	});
	expect(items[0]?.json).not.toHaveProperty('outcome');
	expect(polyAi.journal.requests.some(({ operation }) => operation === 'conversation')).toBe(false);
});

import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { PolyAiOutboundTrigger } from '../../nodes/PolyAiOutboundTrigger/PolyAiOutboundTrigger.node.ts';
import type { CustomOutcome } from '../simulator/calls/outcomes.mts';
import { n8n } from '../support/engine/dataTable.mts';
import { useConversations } from '../support/engine/conversations.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import { expectToFit, schemaFile } from '../support/engine/outputSchema.mts';
import { Poller } from '../support/engine/poller.mts';
import {
	agentsCredentialFor,
	call,
	numbers,
	polyAi,
	sidsOf,
	speaking,
} from '../support/engine/polyAi.mts';

beforeEach(() => {
	useConversations();
});

const HUMAN: CustomOutcome = { status: 'success', callStatus: 'Success', answeredBy: 'HUMAN' };
const VOICEMAIL: CustomOutcome = { ...HUMAN, answeredBy: 'VOICEMAIL' };
const BUSY: CustomOutcome = { status: 'failure', reason: 'busy', callStatus: 'Busy' };

const credentials = () => ({
	...agentsCredentialFor(polyAi),
	polyAiDataTablesApi: { baseUrl: n8n.url, apiKey: 'key-of-n8n' },
});

async function place(count: number, options: INodeParameters = {}): Promise<string[]> {
	const fields = { authentication: 'agentsApi' };
	const { items } = await call(numbers(count), { credentials: credentials(), fields, options });
	return sidsOf(items).map(String);
}

async function reported(poller: Poller): Promise<IDataObject[]> {
	const items = (await poller.poll()) ?? [];
	expectToFit(schemaFile('PolyAiOutboundTrigger'), items);
	return items.map(({ json }) => json);
}

function listen(parameters: INodeParameters, given = credentials()): Poller {
	return new Poller({
		node: PolyAiOutboundTrigger,
		credentials: given,
		parameters: {
			authentication: 'agentsApi',
			options: { includeConversation: true },
			...parameters,
		},
	});
}

test('an item tells how the call went and what was said', async () => {
	const [first, second, third] = (await place(3)) as [string, string, string];
	const poller = listen({ source: 'callSids', callSids: [first, second, third].join() });
	for (const [sid, outcome] of [[first, HUMAN] as const, [second, VOICEMAIL] as const]) {
		polyAi.finish(sid, outcome);
	}
	polyAi.finish(third, BUSY);
	const told = new Map((await reported(poller)).map((json) => [json.callSid, json]));
	expect(told.get(first)).toMatchObject({
		status: 'success',
		outcome: 'answered',
		conversation: { transcript: expect.stringContaining('User: Yes') },
	});
	expect(told.get(second)).toMatchObject({ status: 'success', outcome: 'voicemail' });
	expect(told.get(third)).toMatchObject({ status: 'failure', outcome: 'notReached' });
});

test('what is not there when the poll has to end is said, and the call is reported all the same', async () => {
	useFastClock();
	const [sid] = (await place(1)) as [string];
	const poller = listen({ source: 'callSids', callSids: sid });
	polyAi.finish(sid, { ...HUMAN, addedMs: 10_000_000 });
	const [json] = await reported(poller);
	expect(json).toMatchObject({
		callSid: sid,
		outcome: 'unknown',
		conversationProblem: expect.any(String) as string,
	});
});

test('a conversation that cannot be read loses no call', async () => {
	const [sid] = (await place(1)) as [string];
	const poller = listen({ source: 'callSids', callSids: sid });
	polyAi.finish(sid, BUSY);
	polyAi.fault({ on: 'conversation', answer: 'reset' });
	expect(await reported(poller)).toEqual([
		expect.objectContaining({ outcome: 'notReached', conversationProblem: expect.any(String) }),
	]);
});

test('a row of the call log is still open when n8n is given the item', async () => {
	useFastClock();
	const [sid] = (await place(1, { callLog: 'Calls' })) as [string];
	const poller = listen({ source: 'callLog', callLog: 'Calls' });
	polyAi.finish(sid, HUMAN);
	polyAi.fault({ on: 'conversation', delayMs: 8000 });
	expect(await reported(poller)).toEqual([expect.objectContaining({ callSid: sid })]);
	expect(n8n.table.rows[0]?.claim).not.toBeNull();
});

test('with a token the status tells what it can', async () => {
	const { credentials: given } = speaking('g2');
	const { items } = await call(numbers(2), { credentials: given });
	const [first, second] = sidsOf(items).map(String) as [string, string];
	const callSids = [first, second].join();
	const parameters = { authentication: 'apiToken', source: 'callSids', callSids };
	const poller = listen(parameters, given as never);
	polyAi.finish(first, HUMAN);
	polyAi.finish(second, BUSY);
	const told = new Map((await reported(poller)).map((json) => [json.callSid, json.outcome]));
	expect([told.get(first), told.get(second)]).toEqual(['unknown', 'notReached']);
});

const TRUTHS = { answered: HUMAN, voicemail: VOICEMAIL, notReached: BUSY };

const aCall = fc.record({
	truth: fc.constantFrom('answered' as const, 'voicemail' as const, 'notReached' as const),
	shown: fc.oneof(
		fc.record({ addedMs: fc.constantFrom(0, 2000) }),
		fc.record({ addedMs: fc.constant(10_000_000) }),
		fc.record({ showsConversation: fc.constantFrom('never' as const, 'another' as const) }),
	),
});

test('whatever PolyAI shows, each call is reported once, and its outcome is right or unknown', async () => {
	useFastClock();
	await fc.assert(
		fc.asyncProperty(fc.array(aCall, { minLength: 2, maxLength: 8 }), async (calls) => {
			polyAi.reset();
			useConversations();
			const sids = await place(calls.length);
			const poller = listen({ source: 'callSids', callSids: sids.join() });
			for (const [index, { truth, shown }] of calls.entries()) {
				polyAi.finish(sids[index] as string, { ...TRUTHS[truth], ...shown });
			}
			const told = [...(await reported(poller)), ...(await reported(poller))];
			expect(told.map(({ callSid }) => callSid).sort()).toEqual([...sids].sort());
			for (const { callSid, outcome } of told) {
				const truth = calls[sids.indexOf(String(callSid))]?.truth;
				expect([truth, 'unknown']).toContain(outcome);
				if (truth === 'notReached') expect(outcome).toBe(truth);
			}
		}),
		{ numRuns: 8 },
	);
});

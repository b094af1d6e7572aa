import { startSimulator, type Simulator } from '../simulator/server.mts';
import { Poller, type PollEngine } from '../support/engine/poller.mts';
import { startProcess } from '../support/engine/process.mts';
import { runNode } from '../support/engine/runNode.mts';
import { SavedWorkflow } from '../support/engine/savedWorkflow.mts';

let polyAi: Simulator;

beforeAll(async () => {
	polyAi = await startSimulator({ outcome: 'never-ends', magicNumbers: false, queuedMs: 0 });
});
beforeEach(() => polyAi.reset());
afterAll(async () => await polyAi.close());

/** It looks like a call SID, and no call has it. */
const NOBODYS = 'OUT-00000000-0000-4000-8000-000000000001';

const credentials = () => ({
	polyAiApi: { region: 'custom', baseUrl: polyAi.url, token: polyAi.token },
});

/** A call that was placed somewhere else. */
async function placed(): Promise<string> {
	const answer = await fetch(`${polyAi.url}/v1/outbound-calling/trigger`, {
		method: 'POST',
		headers: { 'x-polyai-auth-token': polyAi.token, 'content-type': 'application/json' },
		body: JSON.stringify({ to_number: '+442079460018' }),
	});
	return ((await answer.json()) as { callSid: string }).callSid;
}

function listen(callSids: unknown, engine: PollEngine = 'A'): Poller {
	return new Poller({
		node: startProcess().PolyAiOutboundTrigger,
		engine,
		credentials: credentials(),
		parameters: { source: 'callSids', callSids: callSids as string },
	});
}

/** It never goes back: what waits for a time would wait forever. */
let clockIsAheadBy = 0;
const now = Date.now.bind(Date);
jest.spyOn(Date, 'now').mockImplementation(() => now() + clockIsAheadBy);

/** A minute after the one before, as n8n polls at the most often. */
async function poll(poller: Poller) {
	clockIsAheadBy += 60_000;
	return await poller.poll();
}

async function reported(poller: Poller): Promise<unknown[]> {
	return ((await poll(poller)) ?? []).map(({ json }) => json.callSid);
}

test.each<PollEngine>(['A', 'B', 'C'])('engine %s: each is reported once', async (engine) => {
	const callSids = [await placed(), await placed()];
	const poller = listen(callSids.join(', '), engine);
	expect(await reported(poller)).toEqual([]);
	polyAi.finish(callSids[0]!);
	expect(await reported(poller)).toEqual([callSids[0]]);
	expect(await reported(poller)).toEqual([]);
	poller.restart(startProcess().PolyAiOutboundTrigger);
	polyAi.finish(callSids[1]!, 'busy');
	expect(await reported(poller)).toEqual([callSids[1]]);
	expect(await reported(poller)).toEqual([]);
});

test.each<[string, (callSid: string) => unknown]>([
	['a text', (callSid) => ` ${callSid}\n${callSid};`],
	['a list', (callSid) => `={{ ["${callSid}"] }}`],
	['a list as text', (callSid) => JSON.stringify([callSid])],
])('they may be given as %s', async (_, write) => {
	const callSid = await placed();
	polyAi.finish(callSid);
	expect(await reported(listen(write(callSid)))).toEqual([callSid]);
});

test('a call that PolyAI does not know is unavailable, once that is certain', async () => {
	const poller = listen(NOBODYS);
	expect(await poll(poller)).toBeNull();
	const [item] = (await poll(poller)) ?? [];
	expect(item?.json).toMatchObject({ callSid: NOBODYS, status: 'unavailable' });
	expect(await poll(poller)).toBeNull();
});

test('Fetch Test Event shows one that has ended, or says what to do', async () => {
	const callSid = await placed();
	const fetchTestEvent = async () =>
		await runNode({
			node: startProcess().PolyAiOutboundTrigger,
			credentials: credentials(),
			parameters: { source: 'callSids', callSids: callSid },
		});
	expect((await fetchTestEvent()).error).toHaveProperty(
		'description',
		expect.stringContaining('call SID'),
	);
	polyAi.finish(callSid);
	expect((await fetchTestEvent()).items[0]?.json).toMatchObject({ callSid, status: 'success' });
});

test('Fetch Test Event says that PolyAI does not know a call, unless another one has yet to end', async () => {
	const fetched = async (callSids: string) => {
		const { error } = await runNode({
			node: startProcess().PolyAiOutboundTrigger,
			credentials: credentials(),
			parameters: { source: 'callSids', callSids },
		});
		return error?.message;
	};
	expect(await fetched(NOBODYS)).toBe(`PolyAI does not know the call “${NOBODYS}”`);
	expect(await fetched(`${NOBODYS}, ${await placed()}`)).toBe(
		'There is no call yet that has ended',
	);
});

test('one trigger’s question, or a test event, does not make a call gone for another trigger', async () => {
	const node = startProcess().PolyAiOutboundTrigger;
	const parameters = { source: 'callSids', callSids: 'new-call' };
	const options = { node, parameters, credentials: credentials() };
	await runNode(options);
	const pollers = ['one', 'two'].map((id) => {
		return new Poller({ ...options, savedWorkflow: new SavedWorkflow({}, id) });
	});
	for (const poller of pollers) expect(await poll(poller)).toBeNull();
	for (const poller of pollers) expect(await reported(poller)).toEqual(['new-call']);
});

test('a call that stays in the field is reported once, also months later', async () => {
	const callSids = [await placed(), await placed()];
	const poller = listen(callSids.join());
	polyAi.finish(callSids[0]!);
	expect(await reported(poller)).toEqual([callSids[0]]);
	for (let days = 0; days < 60; days += 6) {
		clockIsAheadBy += 6 * 24 * 60 * 60_000;
		if (days === 6) polyAi.finish(callSids[1]!);
		for (let minutes = 0; minutes < 3; minutes++) {
			expect(await reported(poller)).not.toContain(callSids[0]);
		}
	}
});

test.each([400, 403, 404] as const)(
	'a call that draws %d hides none of the others, and is unavailable itself',
	async (unknownCall) => {
		polyAi.set({ versions: ['g3'], unknownCall });
		const path = `/v1/agents/${polyAi.settings.agentId}/telephony/outbound-calls`;
		const place = async () => {
			const answer = await fetch(polyAi.url + path, {
				method: 'POST',
				headers: { 'x-api-key': polyAi.apiKey, 'content-type': 'application/json' },
				body: JSON.stringify({ toNumber: '+442079460018', environment: 'live' }),
			});
			return ((await answer.json()) as { callSid: string }).callSid;
		};
		const callSids: string[] = [];
		for (let calls = 0; calls < 40; calls++) callSids.push(await place());
		const { agentId } = polyAi.settings;
		const key = { region: 'custom', baseUrl: polyAi.url, apiKey: polyAi.apiKey, agentId };
		const poller = new Poller({
			node: startProcess().PolyAiOutboundTrigger,
			credentials: { polyAiAgentsApi: key },
			parameters: { source: 'callSids', authentication: 'agentsApi', callSids: callSids.join() },
		});
		polyAi.expire(callSids[0]!);
		for (const callSid of callSids.slice(1)) polyAi.finish(callSid);
		expect(await reported(poller)).toEqual(callSids.slice(1));
		// A key that may read nothing draws 403 as well: there is time to give it more rights.
		if (unknownCall === 403) clockIsAheadBy += 2 * 60 * 60_000;
		expect((await poll(poller))?.map(({ json }) => [json.callSid, json.status])).toEqual([
			[callSids[0], 'unavailable'],
		]);
	},
);

test('a key that may read no call is said, and all calls are asked for all the same', async () => {
	const callSids = [await placed(), await placed()];
	const poller = listen(callSids.join());
	polyAi.fault({ on: 'status', answer: 403 });
	expect(await reported(poller)).toEqual([]);
	polyAi.journal.reset();
	await expect(poll(poller)).rejects.toThrow(
		"This token doesn't have permission to place or read calls",
	);
	expect(polyAi.journal.requests).toHaveLength(2);
});

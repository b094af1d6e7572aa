import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../simulator/server.mts';
import { expectToFit, schemaFile } from '../support/engine/outputSchema.mts';
import { Poller, type PollEngine } from '../support/engine/poller.mts';
import { startProcess, type Process } from '../support/engine/process.mts';
import { runNode } from '../support/engine/runNode.mts';
import { SavedWorkflow } from '../support/engine/savedWorkflow.mts';

const MINUTE = 60_000;

let polyAi: Simulator;
let n8n: Process;
let clockIsAheadBy: number;

beforeAll(async () => {
	polyAi = await startSimulator({
		versions: ['g3', 'conversations'],
		outcome: 'never-ends',
		magicNumbers: false,
		queuedMs: 0,
	});
});
beforeEach(() => {
	const now = Date.now.bind(Date);
	clockIsAheadBy = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => now() + clockIsAheadBy);
	polyAi.reset();
	n8n = startProcess();
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => await polyAi.close());

const credentials = () => ({
	polyAiAgentsApi: {
		region: 'custom',
		baseUrl: polyAi.url,
		apiKey: polyAi.apiKey,
		agentId: polyAi.settings.agentId,
	},
	polyAiApi: { region: 'custom', baseUrl: polyAi.url, token: polyAi.token },
});

/** The clock of n8n and of the simulator goes on by `ms`. */
function later(ms: number): void {
	clockIsAheadBy += ms;
}

/** A call that was placed somewhere else. */
async function placed(environment = 'live'): Promise<string> {
	const path = `/v1/agents/${polyAi.settings.agentId}/telephony/outbound-calls`;
	const answer = await fetch(polyAi.url + path, {
		method: 'POST',
		headers: { 'x-api-key': polyAi.apiKey, 'content-type': 'application/json' },
		body: JSON.stringify({ toNumber: '+442079460018', environment }),
	});
	return ((await answer.json()) as { callSid: string }).callSid;
}

function parameters(more: INodeParameters = {}): INodeParameters {
	const source = 'outboundConversations';
	return { authentication: 'agentsApi', source, workspaceId: 'ws-simulator', ...more };
}

function listen(engine: PollEngine = 'A', more?: INodeParameters, saved?: SavedWorkflow): Poller {
	return new Poller({
		node: n8n.PolyAiOutboundTrigger,
		engine,
		savedWorkflow: saved,
		parameters: parameters(more),
		credentials: credentials(),
	});
}

function restart(...pollers: Poller[]): void {
	n8n = startProcess();
	for (const poller of pollers) poller.restart(n8n.PolyAiOutboundTrigger);
}

async function itemsOf(poller: Poller): Promise<IDataObject[]> {
	later(MINUTE);
	return ((await poller.poll()) ?? []).map(({ json }) => json);
}

/** A minute after the one before, as n8n polls at the most often. */
async function reported(poller: Poller): Promise<unknown[]> {
	return (await itemsOf(poller)).map(({ callSid }) => callSid).sort();
}

describe.each<PollEngine>(['A', 'B', 'C'])('poll engine %s', (engine) => {
	test('a call is reported once, when it has ended; what ended before is left out', async () => {
		const [before, going] = [await placed(), await placed()];
		polyAi.finish(before);
		const poller = listen(engine);
		expect(await reported(poller)).toEqual([]);
		const fresh = await placed();
		expect(await reported(poller)).toEqual([]);
		polyAi.finish(going);
		polyAi.finish(fresh, 'busy');
		expect(await reported(poller)).toEqual([going, fresh].sort());
		expect(await reported(poller)).toEqual([]);
	});

	test('a restart loses nothing and repeats nothing, however long n8n was off', async () => {
		const poller = listen(engine);
		expect(await reported(poller)).toEqual([]);
		const callSids = [await placed(), await placed(), await placed()];
		polyAi.finish(callSids[0]!);
		expect(await reported(poller)).toEqual([callSids[0]]);
		polyAi.finish(callSids[1]!);
		later(20 * 60 * MINUTE);
		restart(poller);
		expect(await reported(poller)).toEqual([callSids[1]]);
		restart(poller);
		polyAi.finish(callSids[2]!);
		expect(await reported(poller)).toEqual([callSids[2]]);
		expect(await reported(poller)).toEqual([]);
	});
});

test('the item has the fields of the contract, and how the call went', async () => {
	const poller = listen();
	await poller.poll();
	const callSid = await placed();
	later(90_000);
	polyAi.finish(callSid);
	const items = await itemsOf(poller);

	expectToFit(
		schemaFile('PolyAiOutboundTrigger'),
		items.map((json) => ({ json })),
	);
	expect(items).toEqual([
		{
			callSid,
			status: 'success',
			phoneNumber: '+442079460018',
			triggeredAt: expect.stringMatching(/^\d{4}-.*Z$/),
			finishedAt: expect.stringMatching(/^\d{4}-.*Z$/),
			outcome: 'answered',
		},
	]);
});

test('without Simplify the item has what else PolyAI’s list tells', async () => {
	const poller = listen('A', { simple: false });
	await poller.poll();
	const callSid = await placed();
	later(90_000);
	polyAi.finish(callSid, 'voicemail');

	expect(await itemsOf(poller)).toEqual([
		{
			callSid,
			status: 'success',
			phoneNumber: '+442079460018',
			triggeredAt: expect.stringMatching(/^\d{4}-.*Z$/),
			finishedAt: expect.stringMatching(/^\d{4}-.*Z$/),
			outcome: 'voicemail',
			durationSeconds: expect.any(Number),
			answeredBy: 'voicemail',
			transcript: expect.stringMatching(/^Agent: Hello/),
			handoff: false,
			metrics: expect.objectContaining({ OUTBOUND_CALL_STATUS: 'Success' }),
		},
	]);
});

test('a call that this n8n has placed comes with its execution', async () => {
	const poller = listen();
	await poller.poll();
	const { items } = await runNode({
		node: n8n.PolyAiOutbound,
		mode: 'trigger',
		executionId: '17',
		credentials: credentials(),
		items: [{}],
		parameters: {
			authentication: 'agentsApi',
			resource: 'call',
			operation: 'trigger',
			phoneNumber: '+442079460018',
		},
	});
	const callSid = String(items[0]?.json.callSid);
	polyAi.finish(callSid);

	expect(await itemsOf(poller)).toEqual([
		expect.objectContaining({ callSid, executionId: '17', workflowId: 'workflow-1' }),
	]);
});

test('only the ends that the user wants are reported, in the environment that he chose', async () => {
	const poller = listen('A', { events: ['failure'], environment: 'sandbox' });
	await poller.poll();
	const [good, bad] = [await placed('sandbox'), await placed('sandbox')];
	const elsewhere = await placed();
	polyAi.finish(good);
	polyAi.finish(bad, 'declined');
	polyAi.finish(elsewhere, 'declined');

	expect(await itemsOf(poller)).toEqual([
		expect.objectContaining({ callSid: bad, status: 'failure', reason: 'Declined' }),
	]);
	expect(await reported(poller)).toEqual([]);
});

test('a long call is reported at its end', async () => {
	const poller = listen();
	await poller.poll();
	const callSid = await placed();
	expect(await reported(poller)).toEqual([]);
	later(5 * 60 * MINUTE);
	expect(await reported(poller)).toEqual([]);
	polyAi.finish(callSid);
	expect(await reported(poller)).toEqual([callSid]);
});

test('switched on again, it reports what has ended in the last hour, and nothing older', async () => {
	const poller = listen();
	await poller.poll();
	const first = await placed();
	polyAi.finish(first);
	expect(await reported(poller)).toEqual([first]);
	const old = await placed();
	polyAi.finish(old);
	later(100 * MINUTE);
	const meanwhile = await placed();
	polyAi.finish(meanwhile);
	later(10 * MINUTE);
	poller.publish();
	expect(await reported(poller)).toEqual([meanwhile]);
	const next = await placed();
	polyAi.finish(next);
	expect(await reported(poller)).toEqual([next]);
});

test('a restart before anything was reported loses nothing', async () => {
	const poller = listen();
	expect(await reported(poller)).toEqual([]);
	later(10 * MINUTE);
	const callSid = await placed();
	polyAi.finish(callSid);
	restart(poller);
	expect(await reported(poller)).toEqual([callSid]);
});

/** It reports a call, and doesn't poll while another one ends every hour. */
async function missesTwoDays(poller: Poller): Promise<void> {
	await poller.poll();
	const first = await placed();
	polyAi.finish(first);
	expect(await reported(poller)).toEqual([first]);
	for (let hours = 0; hours < 46; hours++) {
		polyAi.finish(await placed());
		later(60 * MINUTE);
	}
}

test('published again after two days, it does not flood with what ended in between', async () => {
	const poller = listen();
	await missesTwoDays(poller);
	const last = await placed();
	polyAi.finish(last);
	later(30 * MINUTE);
	poller.publish();
	expect(await reported(poller)).toEqual([last]);
	expect(await reported(poller)).toEqual([]);
});

test('published again after two days with durable cursors, it does not flood after a restart either', async () => {
	const poller = listen('C');
	await missesTwoDays(poller);
	later(60 * MINUTE);
	poller.publish();
	expect(await reported(poller)).toEqual([]);
	restart(poller);
	expect(await reported(poller)).toEqual([]);
});

test('with durable cursors, a restart before anything was reported loses nothing however long it took', async () => {
	const poller = listen('C');
	expect(await reported(poller)).toEqual([]);
	const callSid = await placed();
	polyAi.finish(callSid);
	later(30 * 60 * MINUTE);
	restart(poller);
	expect(await reported(poller)).toEqual([callSid]);
});

describe('PolyAI’s list as integrators meet it', () => {
	/** A call that was placed with a token: its SID does not begin with OUT-, and the API key does not read its status. */
	async function placedWithToken(): Promise<string> {
		const answer = await fetch(`${polyAi.url}/v1/outbound-calling/trigger`, {
			method: 'POST',
			headers: { 'x-polyai-auth-token': polyAi.token, 'content-type': 'application/json' },
			body: JSON.stringify({ to_number: '+442079460018' }),
		});
		return ((await answer.json()) as { callSid: string }).callSid;
	}

	test.each([400, 403, 404] as const)(
		'a call placed with a token is told when its metrics come, though its status draws %d; calls that came in are left out',
		async (unknownCall) => {
			polyAi.set({ versions: ['g1', 'g3', 'conversations'], unknownCall, addedMs: 3 * MINUTE });
			const poller = listen();
			await poller.poll();
			const callSid = await placedWithToken();
			const inbound = polyAi.receive('+442079460019');
			polyAi.finish(callSid, 'busy');
			polyAi.finish(inbound);
			for (let polls = 0; polls < 2; polls++) expect(await reported(poller)).toEqual([]);
			const polls = [await itemsOf(poller), await itemsOf(poller)].flat();
			expect(polls).toMatchObject([{ callSid, status: 'failure', reason: 'Busy' }]);
			for (let minutes = 0; minutes < 15; minutes++) expect(await reported(poller)).toEqual([]);
		},
	);

	test('a conversation that enters the list late is reported, and none twice', async () => {
		polyAi.set({ listedAfterMs: 40 * MINUTE });
		const poller = listen();
		await poller.poll();
		const callSid = await placed();
		polyAi.finish(callSid);
		for (let minutes = 0; minutes < 38; minutes++) expect(await reported(poller)).toEqual([]);
		later(MINUTE);
		expect(await reported(poller)).toEqual([callSid]);
		for (let minutes = 0; minutes < 3; minutes++) expect(await reported(poller)).toEqual([]);
	});

	test('the time of an end is the conversation’s', async () => {
		const poller = listen();
		await poller.poll();
		const callSid = await placed();
		later(MINUTE);
		polyAi.finish(callSid);
		const told = new Date(Date.now()).toISOString().slice(0, 17);
		later(5 * MINUTE);
		const [item] = await itemsOf(poller);
		expect(String(item?.finishedAt).slice(0, 17)).toBe(told);
	});
});

describe('where the project shows no metrics', () => {
	beforeEach(() => polyAi.set({ transcripts: false }));

	test('the status tells how a call ended', async () => {
		const poller = listen();
		await poller.poll();
		const [good, bad] = [await placed(), await placed()];
		polyAi.finish(good);
		polyAi.finish(bad, 'busy');

		expect(await itemsOf(poller)).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ callSid: good, status: 'success' }),
				expect.objectContaining({ callSid: bad, status: 'failure' }),
			]),
		);
	});

	test('a call whose status is gone as well is unavailable, and not dropped', async () => {
		const poller = listen();
		await poller.poll();
		const callSid = await placed();
		polyAi.finish(callSid);
		polyAi.expire(callSid);
		expect(await reported(poller)).toEqual([]);
		later(10 * MINUTE);
		expect(await itemsOf(poller)).toEqual([
			expect.objectContaining({
				callSid,
				status: 'unavailable',
				reason: 'PolyAI does not show how the call ended',
			}),
		]);
		expect(await reported(poller)).toEqual([]);
	});

	test('a call that never ends is unavailable after a day', async () => {
		const poller = listen();
		await poller.poll();
		const callSid = await placed();
		await reported(poller);
		later(25 * 60 * MINUTE);
		expect(await itemsOf(poller)).toEqual([
			expect.objectContaining({
				callSid,
				status: 'unavailable',
				reason: 'No result within 24 hours',
			}),
		]);
		expect(await reported(poller)).toEqual([]);
	});
});

describe('when PolyAI does not answer as it should', () => {
	test.each([429, 503, 'garbage', 'reset'] as const)(
		'%s now and then is nothing to speak of, and loses nothing',
		async (answer) => {
			const poller = listen();
			await poller.poll();
			const callSid = await placed();
			polyAi.finish(callSid);
			polyAi.fault({ on: 'list', answer, times: 1 });
			expect(await reported(poller)).toEqual([]);
			expect(await reported(poller)).toEqual([callSid]);
		},
	);

	test('three times in a row is said', async () => {
		const poller = listen();
		await poller.poll();
		polyAi.fault({ on: 'list', answer: 503 });
		expect(await reported(poller)).toEqual([]);
		expect(await reported(poller)).toEqual([]);
		await expect(poller.poll()).rejects.toThrow('PolyAI is temporarily unavailable');
	});

	test('a refused key is said, but not at the start; nothing is lost by it', async () => {
		polyAi.fault({ on: 'list', answer: 401, times: 2 });
		const poller = listen();
		const going = await placed();
		expect(await reported(poller)).toEqual([]);
		polyAi.finish(going);
		await expect(poller.poll()).rejects.toThrow('PolyAI refused the API key');
		expect(await reported(poller)).toEqual([going]);
	});

	test.each<[string, INodeParameters, string]>([
		['another workspace', { workspaceId: 'ws-other' }, 'does not list the conversations'],
		['no workspace', { workspaceId: '={{ "" }}' }, "The 'Workspace ID' cannot be used"],
		['the token', { authentication: 'apiToken' }, 'Listing calls requires an API key'],
	])('%s is said', async (_, given, message) => {
		const poller = listen('A', given);
		await poller.poll();
		await expect(poller.poll()).rejects.toThrow(message);
	});
});

describe('Fetch Test Event', () => {
	const fetchTestEvent = async () =>
		await runNode({
			node: n8n.PolyAiOutboundTrigger,
			credentials: credentials(),
			parameters: parameters(),
		});

	test('shows a call that has ended, or says what to do', async () => {
		const callSid = await placed();
		expect((await fetchTestEvent()).error).toHaveProperty(
			'description',
			expect.stringContaining('Workspace ID'),
		);
		polyAi.finish(callSid, 'busy');
		expect((await fetchTestEvent()).items[0]?.json).toMatchObject({ callSid, status: 'failure' });
	});

	test('remembers nothing: the call is reported all the same', async () => {
		const poller = listen();
		await poller.poll();
		const callSid = await placed();
		polyAi.finish(callSid);
		await fetchTestEvent();
		expect(await reported(poller)).toEqual([callSid]);
	});
});

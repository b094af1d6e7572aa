import type { IDataObject } from 'n8n-workflow';
import { loginFor } from '../support/n8n/login.mts';
import { startSimulator, type Simulator } from '../simulator/server.mts';
import { ALL_SPOKEN, type Spoken } from '../support/unit/simulator/polyAiClient.mts';
import type { CredentialData } from '../support/engine/credentialsHelper.mts';
import { Poller, type PollEngine } from '../support/engine/poller.mts';
import { startProcess, type Process } from '../support/engine/process.mts';
import { runNode } from '../support/engine/runNode.mts';
import { runWorkflow } from '../support/engine/runWorkflow.mts';
import { SavedWorkflow } from '../support/engine/savedWorkflow.mts';
import { tinyNode } from '../support/engine/tinyNode.mts';

let polyAi: Simulator;
let n8n: Process;
let clockIsAheadBy: number;

beforeAll(async () => {
	polyAi = await startSimulator({ outcome: 'never-ends', magicNumbers: false, queuedMs: 0 });
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

/** What PolyAI speaks; a token is the usual thing. */
let version: Spoken = 'g1';

function credentials(): CredentialData {
	const { credentialType, data } = loginFor(version, polyAi);
	return { [credentialType]: data };
}

function authentication(): { authentication: string } {
	return { authentication: loginFor(version, polyAi).authentication };
}

/** The clock of n8n and of the simulator goes on by `ms`. */
function later(ms: number): void {
	clockIsAheadBy += ms;
}

let executions = 16;

/** A production execution that calls `count` people, and the SIDs of the calls. */
async function call(
	count: number,
	savedWorkflow: SavedWorkflow,
	parameters: IDataObject = {},
): Promise<string[]> {
	const { items, error } = await runNode({
		node: n8n.PolyAiOutbound,
		mode: 'trigger',
		savedWorkflow,
		executionId: String(++executions),
		credentials: credentials(),
		items: Array.from({ length: count }, (_, index) => ({ phone: `+4420794600${10 + index}` })),
		parameters: {
			resource: 'call',
			...authentication(),
			operation: 'trigger',
			phoneNumber: '={{ $json.phone }}',
			...(parameters as object),
		},
	});
	expect(error).toBeUndefined();
	return items.map(({ json }) => String(json.callSid));
}

function register(savedWorkflow: SavedWorkflow, engine: PollEngine = 'A', parameters = {}): Poller {
	return new Poller({
		node: n8n.PolyAiOutboundTrigger,
		engine,
		savedWorkflow,
		parameters: { ...authentication(), ...parameters },
		credentials: credentials(),
	});
}

/** A trigger that was published, with which n8n polls at once. */
async function listen(...given: Parameters<typeof register>): Promise<Poller> {
	const poller = register(...given);
	expect(await poller.poll()).toBeNull();
	return poller;
}

/** n8n is killed and started again. */
function restart(...pollers: Poller[]): void {
	n8n = startProcess();
	for (const poller of pollers) poller.restart(n8n.PolyAiOutboundTrigger);
}

/** A minute after the one before, as n8n polls at the most often. */
async function reported(poller: Poller): Promise<string[]> {
	later(60_000);
	return ((await poller.poll()) ?? []).map(({ json }) => String(json.callSid)).sort();
}

const ENGINES = (['A', 'B', 'C'] as const).flatMap((engine) =>
	ALL_SPOKEN.map((spoken) => [engine, spoken] as const),
);

describe.each(ENGINES)('poll engine %s, PolyAI speaks %s', (engine, spoken) => {
	beforeEach(() => {
		version = spoken;
		polyAi.set({ versions: [spoken] });
	});
	afterEach(() => (version = 'g1'));

	test('every call is reported once, when it has ended', async () => {
		const workflow = new SavedWorkflow();
		const poller = await listen(workflow, engine);
		const callSids = await call(3, workflow);
		expect(await reported(poller)).toEqual([]);
		polyAi.finish(callSids[0]!, 'success');
		polyAi.finish(callSids[1]!, 'busy');
		expect(await reported(poller)).toEqual(callSids.slice(0, 2).sort());
		expect(await reported(poller)).toEqual([]);
		polyAi.finish(callSids[2]!, 'success');
		expect(await reported(poller)).toEqual([callSids[2]]);
		expect(await reported(poller)).toEqual([]);
	});

	test('a restart loses nothing and repeats nothing', async () => {
		const workflow = new SavedWorkflow();
		const poller = await listen(workflow, engine);
		const callSids = await call(4, workflow);
		for (const callSid of callSids.slice(0, 2)) polyAi.finish(callSid);
		expect(await reported(poller)).toEqual(callSids.slice(0, 2).sort());
		restart(poller);
		expect(await reported(poller)).toEqual([]);
		for (const callSid of callSids.slice(2)) polyAi.finish(callSid);
		expect(await reported(poller)).toEqual(callSids.slice(2).sort());
		restart(poller);
		expect(await reported(poller)).toEqual([]);
	});

	test('an execution that ends after its calls were reported does not bring them back', async () => {
		const workflow = new SavedWorkflow();
		const poller = await listen(workflow, engine);
		let during: string[] = [];
		const behind = tinyNode({
			async execute() {
				for (const { sid } of polyAi.calls.all()) polyAi.finish(sid);
				during = await reported(poller);
				return [this.getInputData()];
			},
		});
		await runWorkflow({
			nodes: [
				{
					name: 'Call',
					type: n8n.PolyAiOutbound,
					parameters: {
						...authentication(),
						operation: 'trigger',
						phoneNumber: '+442079460018',
					},
				},
				{ name: 'Behind', type: behind },
			],
			connections: [{ from: 'Call', to: 'Behind' }],
			items: [{}],
			mode: 'trigger',
			savedWorkflow: workflow,
			credentials: credentials(),
		});
		expect(during).toHaveLength(1);
		restart(poller);
		expect(await reported(poller)).toEqual([]);
	});

	test('another trigger of the workflow does not overwrite what executions have saved', async () => {
		const workflow = new SavedWorkflow();
		const poller = await listen(workflow, engine);
		const [first] = await call(1, workflow);
		polyAi.finish(first!);
		expect(await reported(poller)).toEqual([first]);
		const [second] = await call(1, workflow);
		await poller.siblingEmits();
		restart(poller);
		polyAi.finish(second!);
		expect(await reported(poller)).toEqual([second]);
	});

	test('a workflow that only listens gets the calls of others, and none again after a restart', async () => {
		const [placing, listening] = [
			new SavedWorkflow({}, 'placing'),
			new SavedWorkflow({}, 'listening'),
		];
		const poller = await listen(listening, engine);
		expect(await reported(poller)).toEqual([]);
		const [ended, open] = await call(2, placing);
		polyAi.finish(ended!);
		expect(await reported(poller)).toEqual([ended]);
		restart(poller);
		expect(await reported(poller)).toEqual([]);
		const [newer] = await call(1, placing);
		for (const callSid of [open, newer]) polyAi.finish(callSid!);
		expect(await reported(poller)).toEqual([open, newer].sort());
	});

	test('PolyAI out of reach or refusing at the start keeps nobody from polling on', async () => {
		const workflow = new SavedWorkflow();
		const poller = register(workflow, engine);
		const callSids = await call(3, workflow);
		for (const answer of [429, 503, 'reset'] as const)
			polyAi.fault({ on: 'status', answer, times: 3 });
		expect(await reported(poller)).toEqual([]);
		polyAi.clearFaults();
		for (const callSid of callSids) polyAi.finish(callSid);
		later(120_000);
		expect(await reported(poller)).toEqual([...callSids].sort());
	});

	test('a refused token fails a later poll in words, and the first one never', async () => {
		const workflow = new SavedWorkflow();
		const poller = register(workflow, engine);
		await call(1, workflow);
		polyAi.set({ token: 'another', apiKey: 'another' });
		const refused = `PolyAI refused the ${spoken === 'g3' ? 'API key' : 'token'}`;
		expect(await poller.poll()).toBeNull();
		expect(JSON.stringify(poller.log)).toContain(refused);
		const reasons: unknown[] = [];
		for (let minute = 0; minute < 3; minute++) {
			await reported(poller).catch((error: unknown) => reasons.push(error));
		}
		expect(reasons.length).toBeGreaterThan(0);
		expect(reasons[0]).toMatchObject({
			message: expect.stringContaining(refused) as string,
		});
	});
});

test('an item has what finds its record in a CRM again', async () => {
	const workflow = new SavedWorkflow({}, 'workflow-9');
	const poller = await listen(workflow);
	const [callSid] = await call(1, workflow);
	polyAi.finish(callSid!, 'busy');
	const [item] = (await poller.poll()) ?? [];
	expect(item?.json).toEqual({
		callSid,
		status: 'failure',
		phoneNumber: '+442079460010',
		triggeredAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
		finishedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
		workflowId: 'workflow-9',
		executionId: String(executions),
	});
});

function looksAt(callSids: string[]) {
	return polyAi.journal.requests.filter(({ operation, callSid }) => {
		return operation === 'status' && callSids.includes(String(callSid));
	});
}

test('several workflows may listen: each gets every call once', async () => {
	const placing = new SavedWorkflow({}, 'placing');
	const pollers = [
		await listen(new SavedWorkflow({}, 'one')),
		await listen(new SavedWorkflow({}, 'two')),
	];
	const callSids = await call(2, placing);
	for (const callSid of callSids) polyAi.finish(callSid);
	for (const poller of [...pollers, ...pollers]) {
		const expected = pollers.indexOf(poller) >= 0 ? await reported(poller) : [];
		expect([[], [...callSids].sort()]).toContainEqual(expected);
	}
	expect(looksAt(callSids)).toHaveLength(2);
});

test('polls that overlap report each call once, and look at it once', async () => {
	const workflow = new SavedWorkflow();
	const poller = await listen(workflow);
	const [callSid] = await call(1, workflow);
	polyAi.finish(callSid!);
	const polls = await Promise.all([reported(poller), reported(poller), reported(poller)]);
	expect(polls.flat()).toEqual([callSid]);
	expect(looksAt([callSid!])).toHaveLength(1);
});

test('only the chosen events start the workflow, the others are done with', async () => {
	const workflow = new SavedWorkflow();
	const poller = await listen(workflow, 'A', { events: ['failure'] });
	const [good, bad] = await call(2, workflow);
	polyAi.finish(good!, 'success');
	polyAi.finish(bad!, 'declined');
	expect(await reported(poller)).toEqual([bad]);
	expect(await reported(poller)).toEqual([]);
});

test('a call that a node has waited for is reported although PolyAI has forgotten it', async () => {
	const workflow = new SavedWorkflow();
	const poller = await listen(workflow);
	polyAi.set({ outcome: 'success', callingMs: 0 });
	const [callSid] = await call(1, workflow, { operation: 'triggerAndWait' });
	polyAi.expire(callSid!);
	expect(await reported(poller)).toEqual([callSid]);
});

test('a call that PolyAI has forgotten is unavailable after two hours, and not before', async () => {
	const workflow = new SavedWorkflow();
	const poller = await listen(workflow);
	const [callSid] = await call(1, workflow);
	polyAi.expire(callSid!);
	expect(await poller.poll()).toBeNull();
	later(121 * 60_000);
	const [item] = (await poller.poll()) ?? [];
	expect(item?.json).toMatchObject({ callSid, status: 'unavailable' });
});

test('an error of one call does not stop the others', async () => {
	const workflow = new SavedWorkflow();
	const poller = await listen(workflow);
	const callSids = await call(3, workflow);
	for (const callSid of callSids) polyAi.finish(callSid);
	polyAi.fault({ on: 'status', callSids: [callSids[0]!], answer: 500 });
	expect(await reported(poller)).toEqual(callSids.slice(1).sort());
});

describe('Fetch Test Event', () => {
	const fetchTestEvent = async (given = credentials()) =>
		await runNode({ node: n8n.PolyAiOutboundTrigger, credentials: given, parameters: {} });

	test('shows a real call that has ended, and leaves it to be reported', async () => {
		const workflow = new SavedWorkflow();
		const poller = await listen(workflow);
		const [callSid] = await call(1, workflow);
		polyAi.finish(callSid!);
		expect((await fetchTestEvent()).items[0]?.json).toMatchObject({ callSid, status: 'success' });
		expect(await reported(poller)).toEqual([callSid]);
		expect((await fetchTestEvent()).items[0]?.json).toMatchObject({ callSid });
	});

	test('says that the token is refused rather than that there is no call', async () => {
		const [callSid] = await call(1, new SavedWorkflow());
		polyAi.finish(callSid!);
		const old = credentials();
		polyAi.set({ token: 'another' });
		expect((await fetchTestEvent(old)).error?.message).toContain('PolyAI refused the token');
	});

	test('says what to do when there is none', async () => {
		const { error } = await fetchTestEvent();
		expect(error?.message).toContain('no call yet');
		expect(error).toHaveProperty('description', expect.stringContaining('Place a call'));
	});
});

describe.each<PollEngine>(['A', 'B', 'C'])('what is remembered, engine %s', (engine) => {
	const placing = () => new SavedWorkflow({}, 'placing');
	const HOUR = 60 * 60_000;

	test('after a restart, a trigger that polls late still gets what another one has reported', async () => {
		const workflow = placing();
		const [prompt, late] = [
			await listen(new SavedWorkflow({}, 'prompt'), engine),
			await listen(new SavedWorkflow({}, 'late'), engine),
		];
		const [callSid] = await call(1, workflow);
		polyAi.finish(callSid!);
		restart(prompt, late);
		await call(1, workflow);
		for (const poller of [prompt, late]) expect(await reported(poller)).toEqual([callSid]);
		for (const poller of [prompt, late]) expect(await reported(poller)).toEqual([]);
	});

	test('a trigger that was switched off is not waited for forever', async () => {
		const [workflow, live] = [placing(), new SavedWorkflow({}, 'live')];
		const poller = await listen(live, engine);
		// The other one is unpublished at once.
		await listen(new SavedWorkflow({}, 'off'), engine);
		const [callSid] = await call(1, workflow);
		polyAi.finish(callSid!);
		expect(await reported(poller)).toEqual([callSid]);
		later(26 * HOUR);
		expect(await reported(poller)).toEqual([]);
		await call(1, workflow);
		expect(JSON.stringify(workflow.staticData)).not.toContain(callSid);
	});

	test('a day after the only trigger was switched off, calls leave nothing behind', async () => {
		await listen(new SavedWorkflow({}, 'off'), engine);
		later(26 * HOUR);
		const workflow = placing();
		await call(1, workflow);
		expect(workflow.staticData).toEqual({});
	});

	test('switched on again, it reports what has ended in the last hour, and nothing older', async () => {
		const workflow = placing();
		const listening = new SavedWorkflow({}, 'listening');
		const watching = await listen(new SavedWorkflow({}, 'watching'), engine);
		const poller = await listen(listening, engine);
		const [old, fresh, open] = await call(3, workflow);
		polyAi.finish(old!);
		expect(await reported(watching)).toEqual([old]);
		later(2 * HOUR);
		polyAi.finish(fresh!);
		expect(await reported(watching)).toEqual([fresh]);
		poller.publish();
		expect(await reported(poller)).toEqual([fresh]);
		polyAi.finish(open!);
		later(HOUR);
		expect(await reported(poller)).toEqual([open]);
	});

	test('a new trigger begins with now', async () => {
		const watching = await listen(new SavedWorkflow({}, 'watching'), engine);
		const [old, open] = await call(2, placing());
		polyAi.finish(old!);
		expect(await reported(watching)).toEqual([old]);
		later(10 * 60_000);
		const poller = await listen(new SavedWorkflow({}, 'new'), engine);
		polyAi.finish(open!);
		later(60_000);
		expect(await reported(poller)).toEqual([open]);
	});

	test('changed and published anew, it misses nothing that ended meanwhile', async () => {
		const workflow = placing();
		const poller = await listen(workflow, engine);
		const [callSid] = await call(1, workflow);
		polyAi.finish(callSid!);
		later(3 * HOUR);
		poller.publish('update');
		polyAi.set({ retentionMs: 24 * HOUR });
		expect(await reported(poller)).toEqual([callSid]);
	});

	test('another trigger of the workflow that emits keeps the calls that executions have saved', async () => {
		const workflow = placing();
		const poller = await listen(workflow, engine, { events: ['failure'] });
		const [callSid] = await call(1, workflow);
		// As a Schedule Trigger does, whose lists are empty: they are nothing to be kept.
		await poller.siblingEmits({ 'node:Schedule': { recurrenceRules: [null] } });
		restart(poller);
		polyAi.finish(callSid!, 'busy');
		expect(await reported(poller)).toEqual([callSid]);
	});

	test('a result that is left out does not come as unavailable after a restart', async () => {
		const workflow = placing();
		const events = ['success', 'unavailable'];
		const poller = await listen(workflow, engine, { events });
		const [callSid] = await call(1, workflow);
		polyAi.finish(callSid!, 'busy');
		expect(await reported(poller)).toEqual([]);
		later(4 * HOUR);
		restart(poller);
		for (let polls = 0; polls < 3; polls++) {
			expect(await reported(poller)).toEqual([]);
			later(10 * 60_000);
		}
	});

	test('a trigger that is renamed reports nothing again', async () => {
		const [workflow, listening] = [placing(), new SavedWorkflow({}, 'listening')];
		const poller = await listen(listening, engine, {});
		const [callSid] = await call(1, workflow);
		polyAi.finish(callSid!);
		expect(await reported(poller)).toEqual([callSid]);
		poller.publish('update', { nodeName: 'Call ended' });
		restart(poller);
		await call(1, workflow);
		expect(await reported(poller)).toEqual([]);
	});

	test('calls of a credential whose address was edited are asked for at the new one, and never forgotten', async () => {
		const workflow = placing();
		const poller = await listen(workflow, engine);
		const [found, lost] = await call(2, workflow);
		polyAi.finish(found!);
		polyAi.expire(lost!);
		const baseUrl = polyAi.url.replace('127.0.0.1', 'localhost');
		const edited = { polyAiApi: { ...credentials().polyAiApi, baseUrl } };
		poller.publish('update', { credentials: edited as CredentialData });
		expect(await reported(poller)).toEqual([found]);
		later(2 * HOUR);
		expect(await reported(poller)).toEqual([lost]);
	});

	test('calls of a credential that was made anew are asked for with the new one', async () => {
		const workflow = placing();
		const poller = await listen(workflow, engine);
		const [ended, open] = await call(2, workflow);
		polyAi.finish(ended!);
		poller.publish('update', { credentialId: 'made anew' });
		expect(await reported(poller)).toEqual([ended]);
		restart(poller);
		polyAi.finish(open!);
		expect(await reported(poller)).toEqual([open]);
	});
});

test('the time of an end is the one that PolyAI told', async () => {
	const workflow = new SavedWorkflow();
	const poller = await listen(workflow);
	const [callSid] = await call(1, workflow);
	later(10_000);
	polyAi.finish(callSid!);
	const told = new Date(Date.now()).toISOString().slice(0, 18);
	later(5 * 60_000);
	const [item] = (await poller.poll()) ?? [];
	expect(String(item?.json.finishedAt).slice(0, 18)).toBe(told);
});

test('where PolyAI refuses one call, the others are looked at all the same', async () => {
	version = 'g3';
	polyAi.set({ versions: ['g3'], unknownCall: 403 });
	const workflow = new SavedWorkflow();
	const poller = await listen(workflow);
	const callSids = await call(15, workflow);
	version = 'g1';
	polyAi.expire(callSids[0]!);
	for (const callSid of callSids.slice(1)) polyAi.finish(callSid);
	expect(await reported(poller)).toEqual(callSids.slice(1).sort());
	later(2 * 60 * 60_000);
	expect(await reported(poller)).toEqual([callSids[0]]);
});

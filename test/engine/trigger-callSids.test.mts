import { startSimulator, type Simulator } from '../simulator/server.mts';
import { Poller, type PollEngine } from './poller.mts';
import { startProcess } from './process.mts';
import { runNode } from './runNode.mts';
import { SavedWorkflow } from './savedWorkflow.mts';

let polyAi: Simulator;

beforeAll(async () => {
	polyAi = await startSimulator({ outcome: 'never-ends', magicNumbers: false, queuedMs: 0 });
});
beforeEach(() => polyAi.reset());
afterAll(async () => await polyAi.close());

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

async function reported(poller: Poller): Promise<unknown[]> {
	return ((await poller.poll()) ?? []).map(({ json }) => json.callSid);
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
	const poller = listen('nobodys-call');
	expect(await poller.poll()).toBeNull();
	const [item] = (await poller.poll()) ?? [];
	expect(item?.json).toMatchObject({ callSid: 'nobodys-call', status: 'unavailable' });
	expect(await poller.poll()).toBeNull();
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

test('one trigger’s question, or a test event, does not make a call gone for another trigger', async () => {
	const node = startProcess().PolyAiOutboundTrigger;
	const parameters = { source: 'callSids', callSids: 'new-call' };
	const options = { node, parameters, credentials: credentials() };
	await runNode(options);
	const pollers = ['one', 'two'].map((id) => {
		return new Poller({ ...options, savedWorkflow: new SavedWorkflow({}, id) });
	});
	for (const poller of pollers) expect(await poller.poll()).toBeNull();
	for (const poller of pollers) expect(await reported(poller)).toEqual(['new-call']);
});

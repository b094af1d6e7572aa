import type { INodeParameters } from 'n8n-workflow';

import { wallClock } from '../../nodes/n8n/wallClock.ts';
import { PROBE_CALL } from '../../nodes/shared/polyai/probeCall.ts';
import { n8n as table } from '../support/engine/dataTable.mts';
import { agentsCredentialFor, polyAi } from '../support/engine/polyAi.mts';
import { Poller, type PollEngine } from '../support/engine/poller.mts';
import { startProcess, type Process } from '../support/engine/process.mts';
import { runNode } from '../support/engine/runNode.mts';
import { SavedWorkflow } from '../support/engine/savedWorkflow.mts';

let n8n: Process;
let workflow: SavedWorkflow;

beforeEach(() => {
	polyAi.set({ versions: ['g3'], outcome: 'never-ends', queuedMs: 0 });
	n8n = startProcess();
	workflow = new SavedWorkflow();
});

const credentials = () => ({
	...agentsCredentialFor(polyAi),
	polyAiDataTablesApi: { baseUrl: table.url, apiKey: 'key-of-n8n' },
});

/** @param options of the node that places the call */
async function placeIn(environment: string, options: INodeParameters = {}): Promise<string> {
	const { items, error } = await runNode({
		node: n8n.PolyAiOutbound,
		mode: 'trigger',
		savedWorkflow: workflow,
		credentials: credentials(),
		items: [{}],
		parameters: {
			authentication: 'agentsApi',
			resource: 'call',
			operation: 'trigger',
			phoneNumber: '+442079460018',
			environment,
			options,
		},
	});
	expect(error).toBeUndefined();
	return items[0]?.json.callSid as string;
}

function listen(engine: PollEngine, parameters = {}): Poller {
	return new Poller({
		node: n8n.PolyAiOutboundTrigger,
		engine,
		savedWorkflow: workflow,
		parameters: { authentication: 'agentsApi', ...parameters },
		credentials: credentials(),
	});
}

async function reported(poller: Poller): Promise<unknown[]> {
	return ((await poller.poll()) ?? []).map(({ json }) => json.callSid);
}

/** In which environments statuses were asked for, by call SID. */
function askedIn(): Record<string, string[]> {
	const asked: Record<string, Set<string>> = {};
	for (const { method, callSid = '', path } of polyAi.journal.requests) {
		// Before its first call a process asks for nobody's.
		if (method !== 'GET' || callSid === PROBE_CALL) continue;
		const environment = new URL(path, polyAi.url).searchParams.get('environment') ?? '';
		(asked[callSid] ??= new Set()).add(environment);
	}
	return Object.fromEntries(Object.entries(asked).map(([sid, names]) => [sid, [...names]]));
}

describe.each<PollEngine>(['A', 'B', 'C'])('poll engine %s', (engine) => {
	test('every call is asked about in the environment it was placed in, after a restart as well', async () => {
		const poller = listen(engine);
		expect(await reported(poller)).toEqual([]);
		const sandbox = await placeIn('sandbox');
		const live = await placeIn('live');
		expect(await reported(poller)).toEqual([]);
		polyAi.finish(live);
		n8n = startProcess();
		poller.restart(n8n.PolyAiOutboundTrigger);
		expect(await reported(poller)).toEqual([live]);
		polyAi.finish(sandbox);
		n8n = startProcess();
		poller.restart(n8n.PolyAiOutboundTrigger);
		expect(await reported(poller)).toEqual([sandbox]);

		expect(askedIn()).toEqual({ [sandbox]: ['sandbox'], [live]: ['live'] });
	});
});

describe('given call SIDs', () => {
	test('are looked for in the environment that was chosen', async () => {
		const callSid = await placeIn('sandbox');
		polyAi.finish(callSid);
		n8n = startProcess();
		const inSandbox = { source: 'callSids', callSids: callSid, environment: 'sandbox' };

		expect(await reported(listen('A', inSandbox))).toEqual([callSid]);
		expect(askedIn()).toEqual({ [callSid]: ['sandbox'] });
	});

	test('are live ones unless another environment was chosen', async () => {
		const callSid = await placeIn('live');
		polyAi.finish(callSid);
		n8n = startProcess();

		expect(await reported(listen('A', { source: 'callSids', callSids: callSid }))).toEqual([
			callSid,
		]);
	});
});

test('calls of a call log are looked for in the environment that was chosen', async () => {
	const callLog = 'Calls';
	const callSid = await placeIn('sandbox', { callLog });
	polyAi.finish(callSid);
	n8n = startProcess();

	const poller = listen('A', { source: 'callLog', callLog, environment: 'sandbox' });
	expect(await reported(poller)).toEqual([callSid]);
	expect(askedIn()).toEqual({ [callSid]: ['sandbox'] });
	// The trigger closes the row by itself, and needs the table for it.
	while (table.table.rows[0]?.finishedAt === null) await wallClock.sleep(50);
});

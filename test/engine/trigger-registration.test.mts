import {
	agentsCredentialFor,
	call,
	credentialFor,
	numbers,
	polyAi,
	sidsOf,
} from '../support/engine/polyAi.mts';
import { Poller, type PollEngine } from '../support/engine/poller.mts';
import { startProcess, type Process } from '../support/engine/process.mts';

let n8n: Process;
beforeEach(() => {
	n8n = startProcess();
	polyAi.set({ outcome: 'never-ends', queuedMs: 0 });
});

/** It never goes back: what waits for a time would wait forever. */
let clockIsAheadBy = 0;
const now = Date.now.bind(Date);
jest.spyOn(Date, 'now').mockImplementation(() => now() + clockIsAheadBy);

/** A minute after the one before, as n8n polls at the most often. */
async function poll(poller: Poller) {
	clockIsAheadBy += 60_000;
	return await poller.poll();
}

function listen(engine: PollEngine, more: object = {}): Poller {
	return new Poller({
		node: n8n.PolyAiOutboundTrigger,
		engine,
		credentials: credentialFor(polyAi),
		parameters: {},
		...more,
	});
}

const place = async (count: number) => {
	return sidsOf((await call(numbers(count), { node: n8n.PolyAiOutbound })).items).map(String);
};

describe.each<PollEngine>(['A', 'B', 'C'])('poll engine %s', (engine) => {
	// n8n 2.40 and newer take a trigger out of service whose first poll throws five times.
	test('a refused token never fails the first poll, however often the workflow is published', async () => {
		await place(1);
		const poller = listen(engine);
		polyAi.set({ token: 'another' });
		for (let times = 0; times < 6; times++) {
			expect(await poll(poller)).toBeNull();
			poller.publish(times % 2 ? 'activate' : 'update');
		}
		expect(await poll(poller)).toBeNull();
	});

	test('and is said by the very next one', async () => {
		await place(1);
		const poller = listen(engine);
		polyAi.set({ token: 'another' });
		expect(await poll(poller)).toBeNull();
		expect(JSON.stringify(poller.log)).toContain('PolyAI refused the token');
		await expect(poll(poller)).rejects.toThrow('PolyAI refused the token');
	});
});

/** What n8n grants a poll, in milliseconds. */
const BUDGET_MS = 2400;

describe.each<PollEngine>(['B', 'C'])('engine %s grants a poll little time', (engine) => {
	test('calls are looked at all the same', async () => {
		const [callSid] = await place(1);
		const poller = listen(engine, { budgetMs: 4000 });
		await poll(poller);
		polyAi.finish(callSid!);
		expect(sidsOf((await poll(poller)) ?? [])).toEqual([callSid]);
	});

	test('a look that is not answered ends before n8n abandons the poll', async () => {
		await place(1);
		const poller = listen(engine, { budgetMs: 1500 });
		await poll(poller);
		polyAi.fault({ on: 'status', answer: 'never' });
		polyAi.journal.reset();
		const start = performance.now();
		await poll(poller);
		expect(performance.now() - start).toBeLessThan(1500);
		expect(polyAi.journal.requests).toHaveLength(1);
	});

	test('also one that takes two requests', async () => {
		polyAi.set({ versions: ['g3', 'conversations'] });
		const poller = listen(engine, {
			budgetMs: BUDGET_MS,
			credentials: agentsCredentialFor(polyAi),
			parameters: {
				...{ authentication: 'agentsApi', source: 'callSids', callSids: 'OUT-1' },
				options: { fallBackToConversation: true },
			},
		});
		await poll(poller);
		polyAi.fault({ on: 'status', delayMs: 0.9 * (BUDGET_MS / 3), answer: 404 });
		polyAi.fault({ on: 'conversation', answer: 'never' });
		polyAi.journal.reset();
		const start = performance.now();
		await poll(poller);
		expect(performance.now() - start).toBeLessThan(BUDGET_MS);
		expect(polyAi.journal.requests).toHaveLength(2);
	});
});

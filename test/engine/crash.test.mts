import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { PolyAiOutbound } from '../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts';
import { n8n } from '../support/engine/dataTable.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	credentialFor,
	dialed,
	expectNobodyRungTwice,
	numbers,
	parametersFor,
	polyAi,
} from '../support/engine/polyAi.mts';
import { startProcess } from '../support/engine/process.mts';
import { runNode, type NodeRun } from '../support/engine/runNode.mts';
import type { SavedExecution } from '../support/engine/savedExecution.mts';
import { SavedWorkflow } from '../support/engine/savedWorkflow.mts';

const people = numbers(12);
const CONCURRENCY = 3;

/** Ends what a killed n8n would still be doing. */
let bury = new AbortController();

beforeEach(() => useFastClock());
afterEach(() => {
	bury.abort();
	bury = new AbortController();
});

/** Whether the calls are written into a call log as well. */
let isLogging = false;

/** Other options of every run. */
let more: INodeParameters = {};

/** @param run tells PolyAI which run a request comes from */
function execution(run: string, phones: string[], given: Partial<NodeRun>) {
	const metadata = { fields: [{ name: 'run', value: run }] };
	const log = isLogging && { callLog: 'Calls', ...more };
	return {
		node: startProcess().PolyAiOutbound,
		parameters: parametersFor({ options: { maxConcurrency: CONCURRENCY, metadata, ...log } }),
		credentials: {
			...credentialFor(polyAi),
			...(isLogging && { polyAiDataTablesApi: { baseUrl: n8n.url, apiKey: `key of ${run}` } }),
		},
		items: phones.map((phone): IDataObject => ({ phone })),
		mode: 'trigger' as const,
		onError: 'continueRegularOutput' as const,
		...given,
	};
}

/**
 * n8n is killed when PolyAI has taken so many calls: none of the answers from then on reaches it.
 * Resolves with what n8n has saved of the execution.
 */
async function killedAfter(
	calls: number,
	savedWorkflow: SavedWorkflow,
	phones = people,
): Promise<SavedExecution> {
	let taken = 0;
	let kill = () => {};
	const killed = new Promise<void>((resolve) => (kill = resolve));
	polyAi.fault(({ operation, body }) => {
		if (operation !== 'trigger') return undefined;
		if ((body as { metadata: IDataObject }).metadata.run !== 'killed') return undefined;
		taken++;
		// All lines have stopped, or nothing is left to be sent.
		if (taken === Math.min(calls + CONCURRENCY - 1, phones.length)) setImmediate(kill);
		return taken < calls ? undefined : { answer: 'never', dials: taken === calls };
	});
	let left: SavedExecution | undefined;
	const onStart = (saved: SavedExecution) => (left = saved);
	const given = { savedWorkflow, executionId: '7', onStart, stop: bury.signal };
	void runNode(execution('killed', phones, given));
	await killed;
	n8n.cutOff('key of killed');
	return left as SavedExecution;
}

const codeOf = (json: IDataObject) => (json.error as IDataObject | undefined)?.code;

const SITUATIONS = [1, 6, 12].flatMap((calls) => {
	return [
		{ calls, log: false, where: 'without a call log' },
		{ calls, log: true, where: 'with a call log' },
	];
});

test('Retry finds the call of the killed run, and not that the person was called recently', async () => {
	isLogging = true;
	more = { notCalledWithin: 24 };
	const savedWorkflow = new SavedWorkflow();
	const retryOf = await killedAfter(6, savedWorkflow);
	const given = { savedWorkflow, executionId: '8', retryOf };
	const { items } = await runNode(execution('next', people, given));
	isLogging = false;
	more = {};
	expectNobodyRungTwice();
	expect(items.map(({ json }) => json.skipReason)).toEqual(people.map(() => undefined));
	const unknown = items.filter(({ json }) => codeOf(json) === 'outcomeUnknown');
	expect(unknown.length).toBeLessThanOrEqual(CONCURRENCY);
});

describe.each(SITUATIONS)('n8n is killed at call $calls of 12, $where', ({ calls, log }) => {
	beforeEach(() => (isLogging = log));
	afterEach(() => (isLogging = false));

	test('Retry calls nobody twice, and leaves nobody out without a word', async () => {
		const savedWorkflow = new SavedWorkflow();
		const retryOf = await killedAfter(calls, savedWorkflow);
		const before = dialed();
		const given = { savedWorkflow, executionId: '8', retryOf };
		const { items } = await runNode(execution('next', people, given));

		expectNobodyRungTwice();
		expect(items).toHaveLength(people.length);
		for (const [index, { json }] of items.entries()) {
			const number = people[index] as string;
			const sid = polyAi.journal.dials.find((dial) => dial.number === number)?.callSid;
			if (before.includes(number) && json.callSid !== sid) {
				expect(codeOf(json)).toBe('outcomeUnknown');
			}
			if (codeOf(json) !== 'outcomeUnknown') expect(dialed()).toContain(number);
		}
		const unknown = items.filter(({ json }) => codeOf(json) === 'outcomeUnknown');
		// The log tells who was called, and who was not: only who was on the way is unclear.
		if (log) expect(unknown.length).toBeLessThanOrEqual(CONCURRENCY);
	});

	test('Retry calls somebody who stands in several rows as often as that, and no more', async () => {
		const savedWorkflow = new SavedWorkflow();
		const phones = people.map((_, index) => people[index % 3] as string);
		const retryOf = await killedAfter(calls, savedWorkflow, phones);
		const given = { savedWorkflow, executionId: '8', retryOf };
		const { items } = await runNode(execution('next', phones, given));

		const sids = items.flatMap(({ json }) => (json.callSid as string | undefined) ?? []);
		expect(new Set(sids).size).toBe(sids.length);
		const unknown = items.filter(({ json }) => codeOf(json) === 'outcomeUnknown').length;
		expect(sids.length + unknown).toBe(phones.length);
		for (const times of Object.values(polyAi.journal.dialsByNumber())) {
			expect(times).toBeLessThanOrEqual(phones.length / 3);
		}
		if (log) expect(unknown).toBeLessThanOrEqual(CONCURRENCY);
	});

	test('Retry of the retry does not, either', async () => {
		const savedWorkflow = new SavedWorkflow();
		const retryOf = await killedAfter(calls, savedWorkflow);
		const given = { savedWorkflow, retryOf };
		await runNode(execution('next', people, { ...given, executionId: '8' }));
		const { items } = await runNode(execution('next', people, { ...given, executionId: '9' }));

		expectNobodyRungTwice();
		const known = new Map(polyAi.journal.dials.map(({ number, callSid }) => [number, callSid]));
		for (const [index, { json }] of items.entries()) {
			const isFound = log && json.callSid === known.get(people[index] as string);
			if (!isFound) expect(codeOf(json)).toBe('outcomeUnknown');
		}
	});

	test('Retry pressed twice at the same moment does not, either', async () => {
		const savedWorkflow = new SavedWorkflow();
		const retryOf = await killedAfter(calls, savedWorkflow);
		const node = startProcess().PolyAiOutbound;
		const runs = ['8', '9'].map(async (executionId) => {
			await runNode(execution('next', people, { node, savedWorkflow, retryOf, executionId }));
		});
		await Promise.all(runs);

		expectNobodyRungTwice();
	});

	test('a second run of the same execution, by another worker, does not, either', async () => {
		const savedWorkflow = new SavedWorkflow();
		await killedAfter(calls, savedWorkflow);
		await runNode(execution('next', people, { savedWorkflow, executionId: '7' }));

		expectNobodyRungTwice();
	});

	test('the next execution, which has the same rows, calls everybody', async () => {
		const savedWorkflow = new SavedWorkflow();
		await killedAfter(calls, savedWorkflow);
		polyAi.journal.reset();
		await runNode(execution('next', people, { savedWorkflow, executionId: '8' }));

		expect(dialed().sort()).toEqual(people);
	});
});

test('a call log that the killed run did not have tells nothing of it: nobody is called twice', async () => {
	const savedWorkflow = new SavedWorkflow();
	const retryOf = await killedAfter(6, savedWorkflow);
	const before = dialed();
	isLogging = true;
	for (const executionId of ['8', '9']) {
		const given = { savedWorkflow, retryOf, executionId };
		const { items } = await runNode(execution('next', people, given));
		const codes = items.map(({ json }) => codeOf(json));
		for (const number of before) expect(codes[people.indexOf(number)]).toBe('outcomeUnknown');
	}
	isLogging = false;

	expectNobodyRungTwice();
});

test('an item whose call was interrupted says why its outcome is not known', async () => {
	const savedWorkflow = new SavedWorkflow();
	const retryOf = await killedAfter(1, savedWorkflow);
	const given = { savedWorkflow, executionId: '8', retryOf };
	const { items } = await runNode(execution('next', people, given));

	expect(items[0]?.json.error).toMatchObject({
		code: 'outcomeUnknown',
		phoneNumber: people[0],
		description: expect.stringContaining('An earlier run of this execution was interrupted'),
	});
});

test('a call that PolyAI refused is placed by Retry: it was not in the air', async () => {
	const savedWorkflow = new SavedWorkflow();
	polyAi.fault({ on: 'trigger', answer: 400, numbers: people.slice(0, 2), times: 2 });
	const given = { savedWorkflow, executionId: '7', onError: 'stopWorkflow' as const };
	const failed = await runNode(execution('next', people.slice(0, 2), given));
	const retry = { savedWorkflow, executionId: '8', retryOf: failed.saved };
	await runNode(execution('next', people.slice(0, 2), retry));
	polyAi.clearFaults();
	const again = { savedWorkflow, executionId: '9', retryOf: failed.saved };
	await runNode(execution('next', people.slice(0, 2), again));

	expect(dialed().sort()).toEqual(people.slice(0, 2));
});

test('nothing of a run that went well is written for good', async () => {
	const savedWorkflow = new SavedWorkflow();
	for (let day = 0; day < 3; day++) {
		useFastClock(Date.UTC(2026, 10, 23 + day, 12));
		const given = { node: PolyAiOutbound, savedWorkflow, executionId: `${day}` };
		await runNode(execution('next', people, given));
	}

	// Of the last run only, in case that n8n crashes while the nodes behind this one run.
	expect(savedWorkflow.processedData('n:node-1')).toHaveLength(2 * people.length);
});

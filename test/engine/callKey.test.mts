import type { IDataObject } from 'n8n-workflow';

import { n8n } from '../support/engine/dataTable.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	call,
	credentialFor,
	dialed,
	errorOf,
	numbers,
	polyAi,
	sidsOf,
	type Run,
} from '../support/engine/polyAi.mts';
import { startProcess } from '../support/engine/process.mts';
import { SavedWorkflow } from '../support/engine/savedWorkflow.mts';

beforeEach(() => useFastClock());

const [ann, bob] = numbers(2) as [string, string];
const SKIPPED = { status: 'skipped', isFinal: true, skipReason: 'alreadyCalled' };

let workflows = 0;

/** Executions of one saved workflow that ask for calls with a key. */
function workflow(memory: 'store' | 'log') {
	const credentials = {
		...credentialFor(polyAi),
		...(memory === 'log' && {
			polyAiDataTablesApi: { baseUrl: n8n.url, apiKey: 'key-of-n8n' },
		}),
	};
	const savedWorkflow = new SavedWorkflow({}, `workflow-${workflows++}`);
	return async (phones: string[], callKey: unknown, given: Run = {}) => {
		const log = memory === 'log' && { callLog: 'Calls' };
		const options = { callKey, ...log, ...given.options } as Run['options'];
		const saved = { savedWorkflow, mode: 'trigger' as const };
		return await call(phones, { ...saved, ...given, credentials, options });
	};
}

describe.each(['store', 'log'] as const)('call keys, kept in the %s', (memory) => {
	test('the second call with a key is skipped, in whichever execution, with the first one’s SID', async () => {
		const execute = workflow(memory);
		const first = await execute([ann], 'appointment-1');
		const { items } = await execute([bob], 'appointment-1');
		expect(items[0]?.json).toMatchObject({ ...SKIPPED, callSid: first.items[0]?.json.callSid });
		expect(dialed()).toEqual([ann]);
	});

	test('other keys are other calls, also to the same person', async () => {
		const execute = workflow(memory);
		await execute([ann, ann], '={{ "appointment-" + $itemIndex }}');
		expect(dialed()).toEqual([ann, ann]);
	});

	test('rows with one key in one execution are one call', async () => {
		const { items } = await workflow(memory)([ann, bob, ann], 'appointment-1');
		expect(items.map(({ json }) => json.status)).toEqual(['queued', 'skipped', 'skipped']);
		expect(new Set(sidsOf(items)).size).toBe(1);
		expect(dialed()).toEqual([ann]);
	});

	test('executions that come at the same moment place one call', async () => {
		const execute = workflow(memory);
		const runs = Array.from({ length: 8 }, async () => await execute([ann], 'appointment-1'));
		const results = await Promise.all(runs);
		const statuses = results.map(({ items }) => items[0]?.json.status);
		expect(statuses.filter((status) => status === 'queued')).toHaveLength(1);
		expect(statuses.filter((status) => status === 'skipped')).toHaveLength(7);
		expect(dialed()).toEqual([ann]);
	});

	test('a call that PolyAI refused has not used its key', async () => {
		const execute = workflow(memory);
		polyAi.fault({ on: 'trigger', answer: 400, times: 1 });
		const refused = await execute([ann], 'appointment-1', { onError: 'continueRegularOutput' });
		expect(errorOf(refused.items[0] as { json: IDataObject }).code).toBe('badRequest');
		const { items } = await execute([ann], 'appointment-1');
		expect(items[0]?.json.status).toBe('queued');
		expect(dialed()).toEqual([ann]);
	});

	test('the second of two at the same moment is placed when the first one is refused', async () => {
		const execute = workflow(memory);
		polyAi.fault({ on: 'trigger', answer: 400, times: 1 });
		const given = { onError: 'continueRegularOutput' as const };
		const runs = [1, 2].map(async () => await execute([ann], 'appointment-1', given));
		await Promise.all(runs);
		expect(dialed()).toEqual([ann]);
	});

	test('a call that may have been placed has used its key', async () => {
		const execute = workflow(memory);
		polyAi.fault({ on: 'trigger', answer: 'reset', dials: true, times: 1 });
		await execute([ann], 'appointment-1', { onError: 'continueRegularOutput' });
		const { items } = await execute([ann], 'appointment-1');
		expect(items[0]?.json).toMatchObject(SKIPPED);
		expect(items[0]?.json).not.toHaveProperty('callSid');
		expect(dialed()).toEqual([ann]);
	});

	test('a key is known after a restart of n8n', async () => {
		const execute = workflow(memory);
		await execute([ann], 'appointment-1');
		const { items } = await execute([ann], 'appointment-1', {
			node: startProcess().PolyAiOutbound,
		});
		expect(items[0]?.json).toMatchObject(SKIPPED);
		expect(dialed()).toEqual([ann]);
	});

	test.each([1, 5])(
		'at most %i requests at once: calls with one key do not block each other',
		async (maxConcurrency) => {
			polyAi.fault({ on: 'trigger', answer: 429, times: 3 });
			const options = { maxConcurrency };
			const { items } = await workflow(memory)([ann, bob, ann], 'appointment-1', { options });
			expect(items.map(({ json }) => json.status)).toEqual(['queued', 'skipped', 'skipped']);
		},
	);

	test.each(['', '   ', '={{ undefined }}', '={{ [] }}'])(
		'an empty key (%j) is refused',
		async (callKey) => {
			const { error } = await workflow(memory)([ann], callKey);
			expect(error?.message).toBe('The call key is empty');
			expect(dialed()).toEqual([]);
		},
	);

	test('a number is a key as well', async () => {
		const execute = workflow(memory);
		await execute([ann], '={{ 4711 }}');
		const { items } = await execute([ann], '4711');
		expect(items[0]?.json).toMatchObject(SKIPPED);
	});
});

test('with a call log a key holds for all workflows that share it', async () => {
	await workflow('log')([ann], 'appointment-1');
	const { items } = await workflow('log')([ann], 'appointment-1', {
		node: startProcess().PolyAiOutbound,
	});
	expect(items[0]?.json).toMatchObject(SKIPPED);
	expect(dialed()).toEqual([ann]);
});

test('without a call log each node has keys of its own', async () => {
	await workflow('store')([ann], 'appointment-1');
	await workflow('store')([ann], 'appointment-1');
	expect(dialed()).toEqual([ann, ann]);
});

test('with a call log two processes that come at the same moment place one call', async () => {
	const runs = Array.from({ length: 4 }, async () => {
		const { PolyAiOutbound } = startProcess();
		return await workflow('log')([ann], 'appointment-1', { node: PolyAiOutbound });
	});
	const results = await Promise.all(runs);
	const statuses = results.map(({ items }) => items[0]?.json.status).sort();
	expect(statuses).toEqual(['queued', 'skipped', 'skipped', 'skipped']);
	expect(dialed()).toEqual([ann]);
});

import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { Poller, type PollEngine } from '../support/engine/poller.mts';
import { runNode } from '../support/engine/runNode.mts';
import { SavedWorkflow } from '../support/engine/savedWorkflow.mts';
import { tinyNode } from '../support/engine/tinyNode.mts';

let emitting: boolean;
let contexts: Set<unknown>;

beforeEach(() => {
	emitting = false;
	contexts = new Set();
});

/** Counts its polls in both kinds of static data and shows the counts when it emits. */
const counting = tinyNode({
	async poll(this: IPollFunctions) {
		contexts.add(this);
		const global = this.getWorkflowStaticData('global');
		const own = this.getWorkflowStaticData('node');
		global.polls = Number(global.polls ?? 0) + 1;
		own.polls = Number(own.polls ?? 0) + 1;
		const seen = { global: global.polls, own: own.polls, budget: this.getPollBudgetMs?.() };
		return emitting ? [[{ json: seen }]] : null;
	},
});

/** An execution of the same workflow that leaves something in its static data. */
async function execution(savedWorkflow: SavedWorkflow, global: IDataObject): Promise<void> {
	const writing = tinyNode({
		async execute() {
			Object.assign(this.getWorkflowStaticData('global'), global);
			return [[]];
		},
	});
	await runNode({ node: writing, mode: 'trigger', savedWorkflow });
}

async function emission(poller: Poller): Promise<IDataObject | undefined> {
	emitting = true;
	const items = await poller.poll();
	emitting = false;
	return items?.[0]?.json;
}

describe('engine A keeps the workflow in memory', () => {
	test('static data is saved by a poll that emits, and only then', async () => {
		const poller = new Poller({ node: counting });

		expect(await poller.poll()).toBeNull();
		expect(poller.savedWorkflow.staticData).toEqual({});
		expect(await emission(poller)).toMatchObject({ global: 2, own: 2 });
		expect(poller.savedWorkflow.staticData).toEqual({
			global: { polls: 2 },
			'node:Trigger': { polls: 2 },
		});
	});

	test('what executions store is not seen before the next activation, and is overwritten', async () => {
		const poller = new Poller({ node: counting });
		await execution(poller.savedWorkflow, { polls: 100 });

		expect(await emission(poller)).toMatchObject({ global: 1 });
		expect(poller.savedWorkflow.staticData).toMatchObject({ global: { polls: 1 } });
	});

	test('after a restart, it sees what was saved', async () => {
		const poller = new Poller({ node: counting });
		await poller.poll();
		await execution(poller.savedWorkflow, { polls: 100 });
		poller.restart();

		expect(await emission(poller)).toMatchObject({ global: 101, own: 1 });
	});

	test('another trigger of the workflow saves nothing that the poller did not change', async () => {
		const poller = new Poller({ node: counting });
		await execution(poller.savedWorkflow, { polls: 100 });
		await poller.siblingEmits();

		expect(poller.savedWorkflow.staticData).toMatchObject({ global: { polls: 100 } });
	});

	test('another trigger of the workflow saves the stale copy', async () => {
		const poller = new Poller({ node: counting });
		await poller.poll();
		await execution(poller.savedWorkflow, { polls: 100 });
		await poller.siblingEmits();

		expect(poller.savedWorkflow.staticData).toMatchObject({ global: { polls: 1 } });
	});
});

describe('engines B and C read the workflow for every poll', () => {
	test.each(['B', 'C'] as const)('%s: what executions store is seen at once', async (engine) => {
		const poller = new Poller({ node: counting, engine });
		await poller.poll();
		await execution(poller.savedWorkflow, { polls: 100 });

		expect(await emission(poller)).toMatchObject({ global: 101 });
	});

	test.each([
		['B', { global: 1, own: 1 }],
		['C', { global: 1, own: 2 }],
	] as const)('%s: after a poll without items, the next one sees %j', async (engine, seen) => {
		const poller = new Poller({ node: counting, engine });
		await poller.poll();

		expect(await emission(poller)).toMatchObject(seen);
	});
});

test.each<[PollEngine, number, number]>([
	['A', 1, 300_000],
	['B', 2, 36_000],
	['C', 2, 36_000],
])(
	'engine %s polls twice with %d `this`, first with 300000 ms and then with %d ms',
	async (engine, count, ms) => {
		const poller = new Poller({ node: counting, engine });

		expect(await emission(poller)).toMatchObject({ budget: 300_000 });
		expect(await emission(poller)).toMatchObject({ budget: ms });
		expect(contexts.size).toBe(count);
	},
);

test('a poll rejects with what the node threw, and the next one goes on', async () => {
	let calls = 0;
	const failing = tinyNode({
		async poll() {
			calls += 1;
			if (calls === 1) throw new Error('PolyAI cannot be reached');
			this.logger.info('Polled');
			return [[{ json: { calls } }]];
		},
	});
	const poller = new Poller({ node: failing });

	await expect(poller.poll()).rejects.toThrow('PolyAI cannot be reached');
	expect(await poller.poll()).toEqual([{ json: { calls: 2 } }]);
	expect(poller.log).toContainEqual(expect.objectContaining({ message: 'Polled' }));
});

test('a poll fails the test when the node reads a parameter that it does not declare', async () => {
	const careless = tinyNode({
		async poll() {
			this.getNodeParameter('sourse', 'trackedCalls');
			return null;
		},
	});

	await expect(new Poller({ node: careless }).poll()).rejects.toThrow('sourse');
});

describe('"Fetch Test Event"', () => {
	test('runs the poll in manual mode and saves nothing', async () => {
		emitting = true;
		const savedWorkflow = new SavedWorkflow({ global: { polls: 4 } });
		const { items } = await runNode({ node: counting, savedWorkflow });

		expect(items[0]?.json).toMatchObject({ global: 5 });
		expect(savedWorkflow.staticData).toEqual({ global: { polls: 4 } });
	});

	test('shows an empty success for a poll without items', async () => {
		const { status, items } = await runNode({ node: counting });

		expect([status, items]).toEqual(['success', []]);
	});
});

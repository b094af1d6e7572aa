import './n8nEnvironment.mts';

import { createHash } from 'node:crypto';
import { setImmediate as breath } from 'node:timers/promises';
import { DataDeduplicationService } from 'n8n-core';
import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
	Workflow,
} from 'n8n-workflow';

import type { SavedWorkflow } from './savedWorkflow.mts';

const savedWorkflows = new WeakMap<object, SavedWorkflow>();

/** From now on, what the workflow's nodes record is kept there. */
export function keepProcessedData(workflow: Workflow, saved: SavedWorkflow): void {
	savedWorkflows.set(workflow, saved);
}

/**
 * The table `processed_data` of n8n's database, which n8n-core is given by the server: a list of
 * hashes for a workflow and a node, read and written without a lock. That the real one does the same
 * is shown by test/e2e/crash.test.mts.
 */
const table: IDataDeduplicator = {
	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
		{ maxEntries }: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		const { read, write } = await rowOf(scope, contextData);
		const list = read();
		await breath();
		const known = new Set(list);
		const output: IDeduplicationOutput = { new: [], processed: [] };
		for (const item of items) {
			if (known.has(hash(item))) {
				output.processed.push(item);
			} else {
				output.new.push(item);
				list.push(hash(item));
			}
		}
		write(maxEntries ? list.slice(-maxEntries) : list);
		return output;
	},
	async removeProcessed(items, scope, contextData) {
		const { read, write } = await rowOf(scope, contextData);
		const list = read();
		await breath();
		for (const item of items) {
			const index = list.indexOf(hash(item));
			if (index >= 0) list.splice(index, 1);
		}
		write(list);
	},
	async clearAllProcessedItems(scope, contextData) {
		(await rowOf(scope, contextData)).write([]);
	},
	async getProcessedDataCount(scope, contextData) {
		return (await rowOf(scope, contextData)).read().length;
	},
};

async function rowOf(scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData) {
	await breath();
	const saved = savedWorkflows.get(workflow);
	if (!saved) throw new Error('The workflow was never saved');
	const context = scope === 'node' ? `n:${node?.id}` : '';
	return {
		read: () => saved.processedData(context),
		write: (list: string[]) => saved.saveProcessedData(context, list),
	};
}

function hash(item: DeduplicationItemTypes): string {
	return createHash('md5').update(item.toString()).digest('base64');
}

void DataDeduplicationService.init(table);

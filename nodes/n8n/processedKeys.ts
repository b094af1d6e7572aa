import pLimit from 'p-limit';
import type { IExecuteFunctions } from 'n8n-workflow';
import { serverError } from '../shared/errors/serverError';
import type { KeyStore } from '../shared/crashRecovery/keyStore';
import { toResult } from '../shared/toResult';
import { workflowIdOf } from './savedMemory';

/**
 * Per node; n8n drops the oldest beyond that. Room for 10,000 call keys, and for two marks for each
 * of the 10,000 calls of the longest run plus an hour.
 */
const MOST_KEYS = 30_000;

const OPTIONS = { mode: 'entries', maxEntries: MOST_KEYS } as const;

/**
 * By node: n8n reads and writes a node's list without a lock, so a process does it one at a time.
 */
const queues = new Map<string, ReturnType<typeof pLimit>>();

/**
 * The list of keys that n8n keeps for a node in its database, shared by all its processes; its own
 * Remove Duplicates node uses the same.
 *
 * @returns undefined if n8n has no such list, as before 1.120
 */
export function processedKeys(context: IExecuteFunctions): KeyStore | undefined {
	const { checkProcessedAndRecord, removeProcessed } = context.helpers;
	if (!checkProcessedAndRecord) return undefined;
	const place = `${workflowIdOf(context)} ${context.getNode().id}`;
	const queue = queues.get(place) ?? pLimit(1);
	queues.set(place, queue);
	return {
		place,
		async record(keys) {
			const write = async () => await checkProcessedAndRecord(keys, 'node', OPTIONS);
			let written = await toResult(async () => await queue(write));
			// If two workers create the list of a new node at once, n8n refuses one of them.
			if ('error' in written) written = await toResult(async () => await queue(write));
			if ('value' in written) return new Set(written.value.processed.map(String));
			// A workflow that was never saved has no list, and can't be retried.
			if (context.getMode() === 'manual') return new Set();
			throw serverError.notSaved().notPlaced();
		},
		async giveBack(keys) {
			await queue(async () => await removeProcessed(keys, 'node', OPTIONS));
		},
	};
}

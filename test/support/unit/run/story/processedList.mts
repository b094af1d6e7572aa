import type { IExecuteFunctions, WorkflowExecuteMode } from 'n8n-workflow';
import { processedKeys } from '../../../../../nodes/n8n/processedKeys.ts';
import type { KeyStore } from '../../../../../nodes/shared/crashRecovery/keyStore.ts';
import type { Clock } from '../../../../../nodes/shared/time/clock.ts';
import type { Process } from './process.mts';

/** Milliseconds that n8n's database takes for one statement. */
const STATEMENT_MS = 2;

/** What an execution has recorded. */
interface Written {
	by: string;
	process: Process;
	key: string;
}

/**
 * The list that n8n's database keeps for the node: it outlives every process, and is read and
 * written without a lock. test/support/engine/processedData.mts is its like in n8n's engine.
 */
export class ProcessedList {
	/** Everything that was ever written, whether or not it was deleted later. */
	readonly written: Written[] = [];
	/** Undefined until it's written for the first time. */
	#list?: readonly string[];
	#writes = 0;

	/** @param failsAt at which of its writes the database fails, and at the next one */
	constructor(
		private readonly clock: Clock,
		private readonly failsAt?: number,
	) {}

	/** As an execution in a process sees it. */
	openFor(process: Process, executionId: string, mode: WorkflowExecuteMode): KeyStore {
		const context = {
			getMode: () => mode,
			getNode: () => ({ id: `node of ${process.name}` }),
			getWorkflow: () => ({ id: 'workflow' }),
			helpers: {
				checkProcessedAndRecord: async (keys: string[]) => {
					return await this.#change(process, (list) => {
						const write = this.#writes++;
						const { failsAt = NaN } = this;
						if (write === failsAt || write === failsAt + 1) throw new Error('database is locked');
						const fresh = keys.filter((key) => !list.includes(key));
						this.written.push(...fresh.map((key) => ({ by: executionId, process, key })));
						const processed = keys.filter((key) => list.includes(key));
						return { list: [...list, ...fresh], answer: { new: fresh, processed } };
					});
				},
				removeProcessed: async (keys: string[]) => {
					await this.#change(process, (list) => {
						return { list: list.filter((key) => !keys.includes(key)), answer: undefined };
					});
				},
			},
		};
		return processedKeys(context as unknown as IExecuteFunctions) as KeyStore;
	}

	/** Reads and writes the list. */
	async #change<Answer>(
		process: Process,
		change: (list: readonly string[]) => { list: readonly string[]; answer: Answer },
	): Promise<Answer> {
		const before = await process.indivisibleStep(async () => {
			const list = this.#list;
			await this.clock.sleep(STATEMENT_MS);
			return list;
		});
		return await process.indivisibleStep(async () => {
			await this.clock.sleep(STATEMENT_MS);
			// n8n inserts a list that it didn't find.
			if (!before && this.#list) throw new Error('duplicate key value violates unique constraint');
			const { list, answer } = change(before ?? []);
			this.#list = list;
			return answer;
		});
	}
}

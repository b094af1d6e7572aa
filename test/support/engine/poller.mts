import './n8nEnvironment.mts';

import {
	commitStagedCursor,
	PollContext,
	runPollInStagingScope,
	TriggersAndPollers,
} from 'n8n-core';
import {
	deepCopy,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type Workflow,
	type WorkflowActivateMode,
} from 'n8n-workflow';

import { createAdditionalData, type Credentials } from './additionalData.mts';
import { captureLog, type LogEntry } from './captureLog.mts';
import { durableCursor } from './durableCursor.mts';
import { buildWorkflow, type NodeClass, type TestNode } from './engineWorkflow.mts';
import { assertOnlyDeclaredReads, startObservation } from './observeNode.mts';
import { SavedWorkflow } from './savedWorkflow.mts';

/**
 * How n8n polls. A, the default: one Workflow object in memory from activation on, static data
 * saved at emissions only. B, the durable scheduler: a Workflow fresh from the database for every
 * poll. C, durable cursors: as B, but the node's own static data is kept in a table after `null` too.
 */
export type PollEngine = 'A' | 'B' | 'C';

export interface PollerOptions extends Credentials {
	node: NodeClass;
	parameters?: INodeParameters;
	engine?: PollEngine;
	/** Pass the same one to runs of the workflow to let them share static data. */
	savedWorkflow?: SavedWorkflow;
	/** Static data of a node is kept by its name. */
	nodeName?: string;
	/** Of the chosen credential; another one when a person has made it anew, null when it isn't in this n8n. */
	credentialId?: string | null;
	/** What n8n's scheduler grants a poll (B, C), in milliseconds. */
	budgetMs?: number;
	/** The other nodes of the workflow. */
	others?: TestNode[];
}

/** With the scheduler a poll is abandoned after 45 s, of which n8n grants it all but a fifth. */
const SCHEDULER_BUDGET_MS = 36_000;

interface Registration {
	workflow: Workflow;
	node: INode;
	context: PollContext;
}

/** A published workflow's polling trigger; its first poll is the one of its registration. */
export class Poller {
	readonly savedWorkflow: SavedWorkflow;
	readonly log: LogEntry[] = [];
	readonly #options: PollerOptions;
	readonly #observation = startObservation();
	readonly #triggers = new TriggersAndPollers();
	#node: NodeClass;
	#registration: Promise<Registration>;
	#isRegistered = false;

	constructor(options: PollerOptions) {
		this.#options = { ...options };
		this.#node = options.node;
		this.savedWorkflow = options.savedWorkflow ?? new SavedWorkflow();
		this.#registration = this.#register('activate');
	}

	/** The emitted items, or null; rejects with what the node threw. Polls may overlap. */
	async poll(): Promise<INodeExecutionData[] | null> {
		const isScheduled = this.#isRegistered && (this.#options.engine ?? 'A') !== 'A';
		this.#isRegistered = true;
		const { workflow, node, context } = await (isScheduled
			? this.#register('update', this.#options.budgetMs ?? SCHEDULER_BUDGET_MS)
			: this.#registration);
		const log = captureLog();
		try {
			return await runPollInStagingScope(context, async () => {
				const response = await this.#triggers.runPollFunction(workflow, node, context);
				await commitStagedCursor(context);
				if (response === null) return null;
				this.savedWorkflow.saveStaticDataOf(workflow);
				return deepCopy(response[0] ?? []);
			});
		} finally {
			this.log.push(...(await log.stop()));
			assertOnlyDeclaredReads(this.#observation);
		}
	}

	/**
	 * Another trigger of the workflow starts it: with engine A that saves this poller's copy too.
	 *
	 * @param stored static data that it has changed, which makes n8n save
	 */
	async siblingEmits(stored: IDataObject = {}): Promise<void> {
		const { workflow } = await this.#registration;
		Object.assign(workflow.staticData, stored);
		this.savedWorkflow.saveStaticDataOf(workflow);
	}

	/** n8n restarts: only what was saved is left. Pass a freshly loaded class to forget more. */
	restart(node: NodeClass = this.#node): void {
		this.#node = node;
		this.#isRegistered = false;
		this.#registration = this.#register('init');
	}

	/** The user publishes the workflow again: after switching it off (`activate`), or while it is on. */
	publish(
		activation: 'activate' | 'update' = 'activate',
		changes: Partial<PollerOptions> = {},
	): void {
		Object.assign(this.#options, changes);
		this.#isRegistered = false;
		this.#registration = this.#register(activation);
	}

	/** @param budgetMs what n8n's scheduler grants; undefined for the first poll of a registration */
	async #register(activation: WorkflowActivateMode, budgetMs?: number): Promise<Registration> {
		const { parameters, credentials, nodeName: name = 'Trigger', engine = 'A' } = this.#options;
		const { others = [], credentialId } = this.#options;
		const { workflow, workflowData } = buildWorkflow(
			[{ name, type: this.#node, parameters }, ...others],
			[],
			this.savedWorkflow,
			this.#observation,
			credentials,
			credentialId,
		);
		const additional = await createAdditionalData(this.#options, workflowData, 'trigger', '');
		const node = workflow.getNode(name) as INode;
		const cursor = engine === 'C' ? durableCursor(workflow, node, this.savedWorkflow) : undefined;
		const context = new PollContext(
			workflow,
			node,
			{ ...additional, executionId: undefined },
			'trigger',
			activation,
			undefined,
			undefined,
			cursor?.commit,
			cursor?.runPoll,
			cursor?.read,
			budgetMs === undefined ? undefined : () => budgetMs,
		);
		return { workflow, node, context };
	}
}

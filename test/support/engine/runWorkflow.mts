import './n8nEnvironment.mts';

import { WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	deepCopy,
	type ExecutionError,
	type ExecutionStatus,
	type IDataObject,
	type INodeExecutionData,
	type IRun,
	type IRunExecutionData,
	type NodeExecutionHint,
	type Workflow,
} from 'n8n-workflow';

import { createAdditionalData, type Credentials } from './additionalData.mts';
import { captureLog, type LogEntry } from './captureLog.mts';
import { buildWorkflow, type Connection, type TestNode } from './engineWorkflow.mts';
import { assertOnlyDeclaredReads, startObservation } from './observeNode.mts';
import {
	dataForRetry,
	saveCrashed,
	saveFinished,
	saveStopped,
	type SavedExecution,
} from './savedExecution.mts';
import { SavedWorkflow } from './savedWorkflow.mts';

export interface WorkflowRun extends Credentials {
	/** The first one gets `items`, like the trigger of an execution. */
	nodes: TestNode[];
	connections?: Connection[];
	/** The `json` of the items that start the execution. */
	items?: IDataObject[];
	/** `trigger` is a production execution; only those save static data. Default `manual`. */
	mode?: 'manual' | 'trigger';
	/** A new one for every execution, unless given. */
	executionId?: string;
	/** Pass the same one to several runs and pollers to let them share static data. */
	savedWorkflow?: SavedWorkflow;
	/** Continues a failed or stopped execution, as "Retry execution" does; `items` are ignored. */
	retryOf?: SavedExecution;
	/** Gets what n8n has saved at the start, which is all that it has after a crash. */
	onStart?: (saved: SavedExecution) => void;
	/** Abort it to press Stop. */
	stop?: AbortSignal;
}

export interface NodeResult {
	status?: ExecutionStatus;
	/** Items by output, of the node's last run; with the error output, that is the last one. */
	outputs: INodeExecutionData[][];
	error?: ExecutionError;
	hints: NodeExecutionHint[];
	/** `getContext('node')` after the execution. */
	context: IDataObject;
	/** How often n8n called the node, tries of "Retry On Fail" included. */
	calls: number;
}

export interface RunResult {
	/** How the engine ended in memory. After Stop, `saved` has what is left of it. */
	status: ExecutionStatus;
	error?: ExecutionError;
	nodes: Record<string, NodeResult>;
	/** The static data as the execution left it in memory; see `savedWorkflow` for what was saved. */
	staticData: IDataObject;
	saved: SavedExecution;
	log: LogEntry[];
	run: IRun;
}

let executions = 0;

/**
 * Runs nodes in the real engine, starting with the first, and returns everything that came of it.
 */
export async function runWorkflow(options: WorkflowRun): Promise<RunResult> {
	const { nodes, connections = [], credentials, stop, retryOf } = options;
	const { mode = 'manual', savedWorkflow = new SavedWorkflow() } = options;
	const { executionId = String(++executions) } = options;
	const seen = startObservation();
	const log = captureLog();
	const { workflow, workflowData } = buildWorkflow(
		nodes,
		connections,
		savedWorkflow,
		seen,
		credentials,
	);
	const runMode = retryOf ? 'retry' : mode;
	const additional = await createAdditionalData(options, workflowData, runMode, executionId);
	const data = retryOf ? dataForRetry(retryOf) : startingWith(workflow, nodes, options.items);
	const atStart = deepCopy(data);

	options.onStart?.(saveCrashed(runMode, atStart));
	let saved: SavedExecution | undefined;
	additional.hooks.addHandler('workflowExecuteAfter', (run, newStaticData) => {
		if (runMode !== 'manual' && newStaticData) savedWorkflow.saveStaticData(newStaticData);
		saved = run.status === 'canceled' ? saveStopped(run, atStart) : saveFinished(run);
	});
	const execution = new WorkflowExecute(additional, runMode, data).processRunExecutionData(
		workflow,
	);
	const cancel = () => execution.cancel();
	stop?.addEventListener('abort', cancel);
	const run = await execution;
	stop?.removeEventListener('abort', cancel);
	const entries = await log.stop();

	assertOnlyDeclaredReads(seen);
	if (!saved) throw new Error('n8n ended the execution without saving it');
	return {
		status: run.status,
		error: run.data.resultData.error,
		nodes: Object.fromEntries(nodes.map(({ name }) => [name, resultOf(name, run, seen.calls)])),
		staticData: deepCopy(workflow.staticData),
		saved,
		log: entries,
		run,
	};
}

function startingWith(
	workflow: Workflow,
	nodes: TestNode[],
	items: IDataObject[] = [{}],
): IRunExecutionData {
	const node = workflow.getNode(nodes[0]?.name ?? '');
	if (!node) throw new Error('A workflow needs a node');
	return createRunExecutionData({
		executionData: {
			nodeExecutionStack: [
				{ node, data: { main: [items.map((json) => ({ json: deepCopy(json) }))] }, source: null },
			],
		},
	});
}

function resultOf(name: string, run: IRun, calls: Record<string, number>): NodeResult {
	const task = run.data.resultData.runData[name]?.at(-1);
	return {
		status: task?.executionStatus,
		outputs: deepCopy(task?.data?.main ?? []).map((items) => items ?? []),
		error: task?.error,
		hints: task?.hints ?? [],
		context: run.data.executionData?.contextData[`node:${name}`] ?? {},
		calls: calls[name] ?? 0,
	};
}

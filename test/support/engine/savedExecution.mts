import {
	createEmptyRunExecutionData,
	deepCopy,
	UserError,
	type ExecutionStatus,
	type IRun,
	type IRunExecutionData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

/** The record of an execution in n8n's database: what the executions list shows and Retry uses. */
export interface SavedExecution {
	mode: WorkflowExecuteMode;
	status: ExecutionStatus;
	finished: boolean;
	data: IRunExecutionData;
	/** "Highlighted data", kept in a table of its own and therefore also after Stop. */
	customData: Record<string, string>;
}

export function saveFinished({ mode, status, finished, data }: IRun): SavedExecution {
	return {
		mode,
		status,
		finished: finished === true,
		data: deepCopy(data),
		customData: { ...data.resultData.metadata },
	};
}

/**
 * After Stop, n8n 2.41 writes back what the record held before (nothing of the running node, not
 * even its context), whatever the node still returns or throws. Only custom data that was set
 * before the stop, or synchronously while it was signaled, is kept.
 */
export function saveStopped({ mode, data }: IRun, atStart: IRunExecutionData): SavedExecution {
	const { metadata } = data.resultData;
	return {
		mode,
		status: 'canceled',
		finished: false,
		data: mode === 'manual' ? createEmptyRunExecutionData() : atStart,
		customData: { ...metadata },
	};
}

/** After a crash n8n has what it saved at the start: the trigger's items, and no context. */
export function saveCrashed(mode: WorkflowExecuteMode, atStart: IRunExecutionData): SavedExecution {
	return {
		mode,
		status: 'crashed',
		finished: false,
		data: deepCopy(atStart),
		customData: {},
	};
}

/** What "Retry execution" continues with: the failed node's input and every node's context. */
export function dataForRetry({ finished, data: saved }: SavedExecution): IRunExecutionData {
	if (finished) throw new UserError('The execution succeeded, so it cannot be retried.');
	if (!saved.executionData) throw new UserError('The execution was stopped: nothing to retry.');
	const data = deepCopy(saved);
	const { lastNodeExecuted, runData } = data.resultData;
	if (lastNodeExecuted) {
		delete data.resultData.error;
		const runs = runData[lastNodeExecuted];
		if (runs?.at(-1)?.error !== undefined) runs.pop();
	}
	return data;
}

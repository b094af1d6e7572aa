import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Shows a hint if n8n may end the execution before the wait is over. The node only knows the
 * workflow's own timeout, not that of the instance.
 *
 * @param minutes for which the node waits at most
 */
export function hintAtTimeout(context: IExecuteFunctions, minutes: number): void {
	const { executionTimeout = 0 } = context.getWorkflowSettings?.() ?? {};
	if (executionTimeout <= 0 || executionTimeout > minutes * 60) return;
	context.addExecutionHints?.({
		type: 'warning',
		location: 'outputPane',
		message: `n8n stops this workflow after ${executionTimeout} seconds ('Timeout Workflow' in its settings), but this node may wait ${minutes} minutes for a call. Raise that setting, or lower 'Wait Timeout'.`,
	});
}

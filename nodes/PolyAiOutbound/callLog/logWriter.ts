import type { IExecuteFunctions } from 'n8n-workflow';
import { workflowIdOf } from '../../n8n/trackCalls';
import { CallError } from '../../shared/callError';
import { settle } from '../../shared/settle';
import type { CallLog } from '../../shared/callLog/callLog';
import type { LoggedCall } from '../../shared/callLog/logRow';

/** Writes down the calls of a run; what cannot be written is said and harms nobody. */
export class LogWriter {
	private mostTries = Infinity;

	constructor(
		private readonly log: Pick<CallLog, 'add'>,
		private readonly context: IExecuteFunctions,
	) {}

	/**
	 * Waits for an n8n that is just being started again, so that a call is not lost from the log, and
	 * nobody else is called meanwhile; once that was in vain, the other calls do not wait any more.
	 *
	 * @returns why the row is missing, if it is
	 */
	async write(call: Omit<LoggedCall, 'workflowId' | 'executionId'>): Promise<string | undefined> {
		const workflowId = workflowIdOf(this.context);
		const executionId = this.context.getExecutionId();
		const written = await settle(async () => {
			await this.log.add({ ...call, workflowId, executionId }, this.mostTries);
		});
		if (!('error' in written)) return undefined;
		this.mostTries = 1;
		return describe(written.error);
	}
}

/** It says first what matters most: nobody has to be called again. */
function describe(error: unknown): string {
	const { message } = error as Error;
	const description = error instanceof CallError ? error.details.description : undefined;
	return [
		'The call was placed, but it does not stand in the call log, so that PolyAI Outbound Trigger will not report it from there.',
		`${message}.`,
		description,
	]
		.filter(Boolean)
		.join(' ');
}

import type { IExecuteFunctions } from 'n8n-workflow';
import { workflowIdOf } from '../../n8n/trackCalls';
import { CallError } from '../../shared/callError';
import { settle } from '../../shared/settle';
import type { CallLog } from '../../shared/callLog/callLog';
import type { LoggedCall } from '../../shared/callLog/logRow';

/** Writes down the calls of a run; what cannot be written is said and harms nobody. */
export class LogWriter {
	constructor(
		private readonly log: CallLog,
		private readonly context: IExecuteFunctions,
	) {}

	/** @returns why the row is missing, if it is */
	async write(call: Omit<LoggedCall, 'workflowId' | 'executionId'>): Promise<string | undefined> {
		const workflowId = workflowIdOf(this.context);
		const executionId = this.context.getExecutionId();
		const written = await settle(async () => {
			await this.log.add({ ...call, workflowId, executionId });
		});
		return 'error' in written ? describe(written.error) : undefined;
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

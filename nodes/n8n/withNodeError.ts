import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { CallError } from '../shared/errors/callError';
import { nodeErrorOf } from './nodeError';

/** For the lists in the editor, where n8n shows what went wrong. */
export async function withNodeError<Value>(
	context: ILoadOptionsFunctions,
	work: () => Promise<Value>,
): Promise<Value> {
	return await work().catch((error: unknown) => {
		const shown = nodeErrorOf(context.getNode(), error);
		// n8n shows it as plain text here, and has no room for a correlation ID.
		if (error instanceof CallError) shown.description = error.details.description;
		return Promise.reject(shown);
	});
}

import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { nodeErrorOf } from './nodeError';

/** What fills a list of the editor: n8n shows there what went wrong. */
export async function saidByNode<Value>(
	context: ILoadOptionsFunctions,
	work: () => Promise<Value>,
): Promise<Value> {
	return await work().catch((error: unknown) => {
		return Promise.reject(nodeErrorOf(context.getNode(), error));
	});
}

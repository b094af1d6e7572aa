import type { IExecuteFunctions } from 'n8n-workflow';

import { runNode } from '../support/engine/runNode.mts';
import { tinyNode } from '../support/engine/tinyNode.mts';

const remembering = tinyNode({
	async execute(this: IExecuteFunctions) {
		const memory = this.getContext('node');
		const { $runIndex } = this.getWorkflowDataProxy(0);
		const now = `execution ${this.getExecutionId()}, run ${$runIndex}`;
		memory.tries = [...((memory.tries as string[]) ?? []), now];
		if (!this.getInputData()[0]?.json.fine) throw new Error('Not yet');
		return [this.getInputData()];
	},
});

test('"Retry On Fail" calls the node again in the same execution, with the same context', async () => {
	const options = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0, executionId: '7' };
	const result = await runNode({ node: remembering, ...options });

	expect(result.calls).toBe(3);
	expect(result.context).toEqual({ tries: Array(3).fill('execution 7, run 0') });
});

test('"Retry execution" continues in a new execution with the context of the failed one', async () => {
	const first = await runNode({ node: remembering, items: [{ n: 1 }], executionId: '7' });
	const second = await runNode({ node: remembering, retryOf: first.saved, executionId: '8' });

	expect(second.context).toEqual({ tries: ['execution 7, run 0', 'execution 8, run 0'] });
	expect(second.nodes.Start?.calls).toBe(0);
});

test('"Retry execution" is refused after a success', async () => {
	const { saved } = await runNode({ node: remembering, items: [{ fine: true }] });

	await expect(runNode({ node: remembering, retryOf: saved })).rejects.toThrow('succeeded');
});

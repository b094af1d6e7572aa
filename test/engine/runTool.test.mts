import type { IExecuteFunctions } from 'n8n-workflow';

import { runTool } from '../support/engine/runTool.mts';
import { tinyNode } from '../support/engine/tinyNode.mts';

/** Tells with which run index and number it was called; fails the first time if asked to. */
const phone = tinyNode(
	{
		async execute(this: IExecuteFunctions) {
			const memory = this.getContext('node');
			memory.runs = [
				...((memory.runs as unknown[]) ?? []),
				[this.getWorkflowDataProxy(0).$runIndex, this.getNodeParameter('phoneNumber', 0)],
			];
			if (this.getNode().retryOnFail && (memory.runs as unknown[]).length === 1) {
				throw new Error('No answer');
			}
			return [[{ json: { callSid: `SID-${(memory.runs as unknown[]).length}` } }]];
		},
	},
	{
		properties: [{ displayName: 'Phone Number', name: 'phoneNumber', type: 'string', default: '' }],
	},
);
const parameters = { phoneNumber: "={{ $fromAI('number', 'whom to call', 'string') }}" };

test.each([
	['engine', [{ callSid: 'SID-1' }, { callSid: 'SID-2' }]],
	['invoke', ['[{"callSid":"SID-1"}]', '[{"callSid":"SID-2"}]']],
] as const)('%s: an agent gets the answer of every call it makes', async (way, answers) => {
	const toolCalls = [{ number: '+441' }, { number: '+442' }];
	const result = await runTool({ node: phone, parameters, toolCalls, way });

	expect(result.answers).toEqual(answers);
	expect(result.tool.context.runs).toEqual([
		[0, '+441'],
		[1, '+442'],
	]);
});

test.each([
	['engine', [0, 0]],
	['invoke', [0, 1]],
] as const)('%s: the tries of "Retry On Fail" have the run indices %j', async (way, indices) => {
	const toolCalls = [{ number: '+441' }];
	const result = await runTool({ node: phone, parameters, toolCalls, way, retryOnFail: true });

	expect(result.tool.context.runs).toEqual(indices.map((index) => [index, '+441']));
	expect(result.tool.calls).toBe(2);
});

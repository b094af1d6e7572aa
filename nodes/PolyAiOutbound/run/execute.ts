import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { errorItemJson, nodeErrorOf } from '../../n8n/nodeError';
import type { Operation } from '../operation';
import { operations } from '../operations';
import { runItems, type Outcome } from './runItems';
import { settle } from './settle';

/**
 * Runs the chosen operation on all items: as many come out as went in, in the same order, each
 * paired with its own (promise 2 of the design).
 */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(context);
	const { length } = context.getInputData();
	const run = await settle(async () => await operation.open(context));
	if ('value' in run) return [(await runItems(context, run.value, length)).map(itemOf)];
	if (!context.continueOnFail()) throw nodeErrorOf(context.getNode(), run.error);
	return [Array<Outcome>(length).fill(run).map(itemOf)];
}

function itemOf(outcome: Outcome, item: number): INodeExecutionData {
	const json = 'value' in outcome ? outcome.value : errorItemJson(outcome.error);
	return { json, pairedItem: { item } };
}

/** n8n adds "Custom API Call" to the operations of every node with a credential. */
function chosenOperation(context: IExecuteFunctions): Operation {
	const resource = context.getNodeParameter('resource', 0);
	const value = context.getNodeParameter('operation', 0);
	const chosen = operations.find((one) => one.resource === resource && one.value === value);
	if (chosen) return chosen;
	throw new NodeOperationError(context.getNode(), 'This operation does not exist', {
		description:
			'Choose another one under Operation. For other requests to PolyAI use the HTTP Request node.',
	});
}

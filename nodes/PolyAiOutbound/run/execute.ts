import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { errorItemJson, nodeErrorOf } from '../../n8n/nodeError';
import { wallClock } from '../../n8n/wallClock';
import { badRequest } from '../../shared/errors/badRequest';
import { ManyOutputs, OutputWithFile, type OpenRun, type Operation } from '../operation';
import { operations } from '../operations';
import { includingInput } from './includingInput';
import { describeCalls } from './placedCalls';
import { recordOnStop } from './recordOnStop';
import { runItems, type Outcome } from './runItems';
import { toResult } from '../../shared/toResult';

/**
 * Runs the chosen operation on all items: as many come out as went in, in the same order, each
 * paired with its input (docs/design.md § 3, promise 2). Only a list returns any number of items
 * for each.
 *
 * @throws NodeApiError or NodeOperationError without "Continue on fail": that of the first item
 * that failed, with every call that was placed
 */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { length } = context.getInputData();
	const run = await toResult(async () => await openRun(context));
	if ('value' in run) return [(await outcomesOf(context, run.value, length)).flatMap(itemsOf)];
	if (!context.continueOnFail()) throw nodeErrorOf(context.getNode(), run.error);
	return [Array<Outcome>(length).fill(run).flatMap(itemsOf)];
}

async function openRun(context: IExecuteFunctions): Promise<OpenRun> {
	const operation = chosenOperation(context);
	return includingInput(context, operation, await operation.open(context));
}

async function outcomesOf(
	context: IExecuteFunctions,
	run: OpenRun,
	count: number,
): Promise<Outcome[]> {
	const signal = context.getExecutionCancelSignal?.();
	const stopsAtFailure = !context.continueOnFail();
	const endRecord = run.placed && recordOnStop(context, run.placed);
	const rules = { stopsAtFailure, signal, clock: wallClock };
	const { outcomes, firstFailure } = await runItems(run, count, rules);
	endRecord?.();
	await run.end?.();
	if (firstFailure === undefined && !signal?.aborted) run.placed?.forget();
	const failure = outcomes[firstFailure ?? -1];
	// After Stop n8n ignores an error, and may still show what is returned.
	if (!failure || !('error' in failure) || !stopsAtFailure || signal?.aborted) return outcomes;
	const calls = describeCalls(run.placed?.all() ?? []);
	throw nodeErrorOf(context.getNode(), failure.error, firstFailure, calls);
}

function itemsOf(outcome: Outcome, item: number): INodeExecutionData | INodeExecutionData[] {
	const pairedItem = { item };
	if ('error' in outcome) return { json: errorItemJson(outcome.error), pairedItem };
	const { value } = outcome;
	if (value instanceof ManyOutputs)
		return value.items.map((json) => ({ json, pairedItem: { item } }));
	if (value instanceof OutputWithFile)
		return { json: value.json, binary: value.binary, pairedItem };
	return { json: value, pairedItem };
}

/** n8n adds "Custom API Call" to the operations of every node with a credential. */
function chosenOperation(context: IExecuteFunctions): Operation {
	const resource = context.getNodeParameter('resource', 0);
	const value = context.getNodeParameter('operation', 0);
	const chosen = operations.find((one) => one.resource === resource && one.value === value);
	if (chosen) return chosen;
	throw badRequest.unknownOperation();
}

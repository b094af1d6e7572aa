import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import {
	PendingOutput,
	ManyOutputs,
	OutputWithFile,
	type OpenRun,
	type Operation,
} from '../operation';
import { includeInputFields, readIncludeInputFields } from '../options/includeInputFields';

/** The same run; if the option is on, its results also have the input's fields, below their own. */
export function includingInput(
	context: IExecuteFunctions,
	{ options }: Operation,
	run: OpenRun,
): OpenRun {
	if (!options.includes(includeInputFields)) return run;
	const items = context.getInputData();
	return {
		...run,
		prepare(item) {
			const job = run.prepare(item);
			if (!readIncludeInputFields(context, item)) return job;
			const include = (json: IDataObject) => withInputFields(items[item]?.json ?? {}, json);
			return async () => {
				const result = await job();
				if (result instanceof PendingOutput) return new PendingOutput(result.result.then(include));
				if (result instanceof ManyOutputs) return new ManyOutputs(result.items.map(include));
				if (result instanceof OutputWithFile)
					return new OutputWithFile(include(result.json), result.binary);
				return include(result);
			};
		},
	};
}

/** What an item says about one call, which isn't true of the next one. */
const OF_ONE_CALL = [
	...['callSid', 'status', 'isFinal', 'reason', 'skipReason', 'nextAllowedAt'],
	...['triggeredAt', 'createdAt', 'lastUpdated', 'checkedAt', 'waitedSeconds', 'timedOut'],
	...['callLogProblem', 'outcome', 'conversation', 'conversationProblem'],
];

/**
 * The fields of an input below those of its result. A row in a loop comes with what an earlier
 * round said about its call: that is left out if the result is about another call.
 */
function withInputFields(input: IDataObject, result: IDataObject): IDataObject {
	// n8n treats an item with a top-level `error` as failed.
	const left = new Set(['error', ...(isOfAnotherCall(input, result) ? OF_ONE_CALL : [])]);
	const kept = Object.entries(input).filter(([name]) => !left.has(name));
	return { ...Object.fromEntries(kept), ...result };
}

/** One of the user's columns may have one of these names; only this node's output has `isFinal`. */
function isOfAnotherCall(input: IDataObject, result: IDataObject): boolean {
	if (typeof input.isFinal !== 'boolean' || result.status === undefined) return false;
	return result.callSid === undefined || result.callSid !== input.callSid;
}

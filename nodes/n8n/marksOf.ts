import type { IExecuteFunctions } from 'n8n-workflow';
import { SentMarks } from '../shared/crashRecovery/sentMarks';
import { processedKeys } from './processedKeys';
import { startOfExecution } from './startOfExecution';
import { wallClock } from './wallClock';

/** By the context that n8n keeps for a node during an execution, which all its runs share. */
const marks = new WeakMap<object, SentMarks>();

/** The marks of this execution at this node; undefined if n8n can't keep any. */
export function marksOf(context: IExecuteFunctions): SentMarks | undefined {
	const store = processedKeys(context);
	const nodeContext = context.getContext('node');
	const known = marks.get(nodeContext);
	if (known || !store) return known;
	const ofExecution = new SentMarks({
		store,
		clock: wallClock,
		executionId: context.getExecutionId(),
		start: startOfExecution(context),
		isRetry: context.getMode() === 'retry',
	});
	marks.set(nodeContext, ofExecution);
	return ofExecution;
}

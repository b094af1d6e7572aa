import type { IDataObject } from 'n8n-workflow';
import { numberOption } from '../n8n/option';

/**
 * How long the rows of ended calls stay in the call log. At least as long as people can press Retry
 * on an execution, which checks there whom it has called: n8n keeps executions for 14 days.
 */
const days = numberOption({
	displayName: 'Keep Ended Calls (Days)',
	name: 'keepEndedCalls',
	default: 90,
	min: 30,
	max: 3650,
	description:
		'How many days to keep the rows of ended calls in the call log. Rows with a call key are never deleted. Default: forever.',
});

const DAY_MS = 24 * 3_600_000;

export const keepEndedCalls = {
	field: days.field,
	/** Milliseconds; undefined if they are to stay forever. */
	read: (options: IDataObject): number | undefined => {
		return options.keepEndedCalls === undefined ? undefined : days.read(options) * DAY_MS;
	},
};

import type { IPollFunctions } from 'n8n-workflow';
import { ReportedSids } from '../shared/tracking/reportedSids';
import { saveOwn } from './saveOwn';
import type { Poll } from './sources/source';

/** The key of the node's static data under which its reported calls are saved. */
const REPORTED = 'reportedCalls';

/** By trigger: what this process knows is newer than any saved copy. */
const known = new Map<string, ReportedSids>();

/** What this trigger has reported, in this process or, at its first poll, in an earlier one. */
export function recallReported({ context, trigger }: Poll): ReportedSids {
	let reported = known.get(trigger);
	if (!reported) {
		reported = new ReportedSids();
		reported.restore(context.getWorkflowStaticData('node')[REPORTED]);
		known.set(trigger, reported);
	}
	return reported;
}

/** Only in a poll that reports something. */
export function saveReported(context: IPollFunctions, reported: ReportedSids): void {
	saveOwn(context, REPORTED, reported);
}

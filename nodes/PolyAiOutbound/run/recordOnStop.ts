import type { IExecuteFunctions, IWorkflowExecutionCustomData } from 'n8n-workflow';
import { onAbort } from '../../shared/time/onAbort';
import type { PlacedCalls, RememberedCall } from './placedCalls';

/** n8n keeps ten entries of an execution's custom data, and complains above 255 characters. */
const MOST_ENTRIES = 10;
const LONGEST_ENTRY = 255;

interface WithCustomData {
	customData?: Pick<IWorkflowExecutionCustomData, 'set'>;
}

/**
 * After Stop, n8n keeps nothing of a running node but the execution's custom data, and only what is
 * set at the moment of the stop. So the calls placed so far are written there, and to n8n's log, at
 * that moment.
 *
 * @returns a function for the end of the run: the log then gets the call SIDs of requests that were
 * in flight at the stop
 */
export function recordOnStop(context: IExecuteFunctions, placed: PlacedCalls): () => void {
	const log = (message: string, calls: RememberedCall[]) => {
		const soFar = calls.map((call) => ({ ...call }));
		if (calls.length > 0) context.logger.warn(message, { calls: soFar });
	};
	let onTheirWay: RememberedCall[] = [];
	const record = () => {
		const calls = placed.all();
		const names = calls.map(({ phoneNumber, callSid }) => callSid ?? `${phoneNumber}?`);
		// Not `context.customData`, which no n8n before 2.20 has.
		const { customData } = context.getWorkflowDataProxy(0).$execution as WithCustomData;
		entriesFor(names).forEach((text, index) => {
			customData?.set(`polyAiPlaced${index + 1}`, text);
		});
		log('PolyAI Outbound was stopped after it had placed calls', calls);
		onTheirWay = calls.filter(({ callSid }) => callSid === undefined);
	};
	const forget = onAbort(context.getExecutionCancelSignal?.(), record);
	return () => {
		forget();
		const arrived = onTheirWay.filter(({ callSid }) => callSid !== undefined);
		log('PolyAI Outbound was stopped while PolyAI accepted these calls', arrived);
	};
}

/** What doesn't fit is counted in the last entry. */
function entriesFor(calls: string[]): string[] {
	const groups = groupsThatFit(calls);
	const left = calls.length - groups.slice(0, MOST_ENTRIES).flat().length;
	return groups.slice(0, MOST_ENTRIES).map((group, index) => {
		const isFullLast = left > 0 && index === MOST_ENTRIES - 1;
		return isFullLast ? withCount(group, left) : group.join(' ');
	});
}

function groupsThatFit(calls: string[]): string[][] {
	const groups: string[][] = [];
	for (const call of calls) {
		const last = groups.at(-1);
		if (last && [...last, call].join(' ').length <= LONGEST_ENTRY) last.push(call);
		else groups.push([call]);
	}
	return groups;
}

/** The last ones make room for the text. */
function withCount(group: string[], left: number): string {
	const text = [...group, `and ${left} more: see n8n's log`].join(' ');
	return text.length <= LONGEST_ENTRY ? text : withCount(group.slice(0, -1), left + 1);
}

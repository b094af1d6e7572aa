import type { IExecuteFunctions } from 'n8n-workflow';
import { onAbort } from '../../shared/time/onAbort';
import type { PlacedCalls, RememberedCall } from './placedCalls';

/** n8n keeps ten entries of an execution's custom data, and complains above 255 characters. */
const MOST_ENTRIES = 10;
const LONGEST_ENTRY = 255;

/**
 * After Stop n8n keeps nothing of a running node but the execution's custom data, and only what is
 * set at the moment of the stop. So that is when the calls placed so far are written there, and
 * to n8n's log.
 *
 * @returns a function for the end of the run: the log then gets the call SIDs that were still on
 * their way at the stop
 */
export function recordOnStop(context: IExecuteFunctions, placed: PlacedCalls): () => void {
	const log = (message: string, calls: RememberedCall[]) => {
		const soFar = calls.map((call) => ({ ...call }));
		if (calls.length > 0) context.logger.warn(message, { calls: soFar });
	};
	let onTheirWay: RememberedCall[] = [];
	const record = () => {
		const calls = placed.all();
		const entries = calls.map(({ phoneNumber, callSid }) => callSid ?? `${phoneNumber}?`);
		chunk(entries).forEach((text, index) => {
			context.customData?.set(`polyAiPlaced${index + 1}`, text);
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

function chunk(entries: string[]): string[] {
	const chunks: string[] = [];
	for (const entry of entries) {
		const last = chunks.at(-1);
		if (last !== undefined && last.length + 1 + entry.length <= LONGEST_ENTRY) {
			chunks[chunks.length - 1] = `${last} ${entry}`;
		} else {
			chunks.push(entry);
		}
	}
	return chunks.slice(0, MOST_ENTRIES);
}

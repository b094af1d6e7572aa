import type { IExecuteFunctions } from 'n8n-workflow';
import { onAbort } from '../../shared/time/onAbort';
import type { PlacedCalls } from './placedCalls';

/** n8n keeps ten entries of an execution's custom data, and complains above 255 characters. */
const MOST_ENTRIES = 10;
const LONGEST_ENTRY = 255;

/**
 * After Stop n8n keeps nothing of a running node but the execution's custom data, and only what is
 * set at the moment of the stop. So that is when the calls placed so far are written there, and
 * to n8n's log. Returns a function that ends the watch.
 */
export function recordOnStop(context: IExecuteFunctions, placed: PlacedCalls): () => void {
	const signal = context.getExecutionCancelSignal?.();
	const record = () => {
		const calls = placed.all();
		if (calls.length === 0) return;
		const entries = calls.map(({ phoneNumber, callSid }) => callSid ?? `${phoneNumber}?`);
		chunk(entries).forEach((text, index) => {
			context.customData?.set(`polyAiPlaced${index + 1}`, text);
		});
		context.logger.warn('PolyAI Outbound was stopped after it had placed calls', { calls });
	};
	return onAbort(signal, record);
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

import { isRecord } from '../isRecord';
import { withoutAbsent } from '../withoutAbsent';
import { MOST_SAVED_BYTES } from './bounds';
import type { TrackedCall } from './trackedCall';

/** What a call takes up without its metadata, at most. */
const BARE_BYTES = 200;

/** In bytes, as it is saved. */
export function sizeOf({ metadata }: Pick<TrackedCall, 'metadata'>): number {
	return BARE_BYTES + (metadata ? Buffer.byteLength(JSON.stringify(metadata)) : 0);
}

/** A workflow's calls as they are saved: the newest first, and metadata as far as there is room. */
export function writeCalls(calls: readonly TrackedCall[]): object[] {
	const newest = [...calls]
		.sort((a, b) => b.triggeredAt - a.triggeredAt)
		.slice(0, MOST_SAVED_BYTES / BARE_BYTES);
	let room = MOST_SAVED_BYTES - newest.length * BARE_BYTES;
	return newest.map((call) => {
		const bytes = sizeOf(call) - BARE_BYTES;
		const isKept = bytes <= room;
		if (isKept) room -= bytes;
		return withoutAbsent({
			...call,
			workflowId: undefined,
			metadata: isKept ? call.metadata : undefined,
		});
	});
}

/** The oldest first. None for static data that someone else has written. */
export function readCalls(saved: unknown, workflowId: string): TrackedCall[] {
	if (!Array.isArray(saved)) return [];
	const calls = saved.filter((call) => isRecord(call) && typeof call.triggeredAt === 'number');
	return calls.map((call) => ({ ...(call as TrackedCall), workflowId })).reverse();
}

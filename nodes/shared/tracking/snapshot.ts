import { isRecord } from '../isRecord';
import type { Environment } from '../polyai/environment';
import type { CallTracker } from './callTracker';
import type { CallEnd, TrackedCall } from './trackedCall';

/** n8n writes static data as one text; with 10,000 open calls it stays below a megabyte. */
const MOST_METADATA_CHARACTERS = 150_000;

type Row = [
	callSid: string,
	phoneNumber: string,
	triggeredAt: number,
	place: number,
	execution: number,
	metadata?: Record<string, string> | 0,
	end?: CallEnd,
];

/**
 * A workflow's calls as they are at the moment at which n8n writes them down. A plain copy would
 * grow old between the node's run and the end of its execution, and would then bring calls back
 * that were reported meanwhile.
 */
export class LiveSnapshot {
	constructor(
		private readonly tracker: CallTracker,
		private readonly workflowId: string,
	) {}

	toJSON(): object {
		return writeSnapshot(this.tracker.callsOf(this.workflowId));
	}
}

/** Accounts with their environment and executions occur many times: they stand in lists of their own. */
function writeSnapshot(calls: readonly TrackedCall[]): object {
	const places = new Numbering();
	const executions = new Numbering();
	let room = MOST_METADATA_CHARACTERS;
	const rows = calls.map((call): Row => {
		const { callSid, phoneNumber, triggeredAt, metadata, end, environment } = call;
		room -= metadata ? JSON.stringify(metadata).length : 0;
		const row: Row = [
			callSid,
			phoneNumber,
			triggeredAt,
			places.numberOf(JSON.stringify([call.account, environment])),
			executions.numberOf(call.executionId),
		];
		if (metadata || end) row.push(metadata && room >= 0 ? metadata : 0);
		if (end) row.push(end);
		return row;
	});
	const placesOfCalls = places.list.map((place) => JSON.parse(place) as [string, Environment?]);
	return {
		accounts: placesOfCalls.map(([account]) => account),
		environments: placesOfCalls.map(([, environment]) => environment ?? null),
		executions: executions.list,
		calls: rows,
	};
}

/** What a snapshot says; nothing for anything else, as an older or newer version may have left. */
export function readSnapshot(snapshot: unknown, workflowId: string): TrackedCall[] {
	if (!isRecord(snapshot)) return [];
	const { accounts, environments = [], executions, calls } = snapshot;
	if (![accounts, environments, executions, calls].every(Array.isArray)) return [];
	return (calls as Row[]).filter(Array.isArray).map((row) => {
		const [callSid, phoneNumber, triggeredAt, place, execution, metadata, end] = row;
		const environment = (environments as Array<Environment | null>)[place];
		return {
			callSid,
			phoneNumber,
			triggeredAt,
			account: (accounts as string[])[place] ?? '',
			executionId: (executions as string[])[execution] ?? '',
			workflowId,
			...(metadata && { metadata }),
			...(end && { end }),
			...(environment && { environment }),
		};
	});
}

class Numbering {
	readonly list: string[] = [];
	private readonly numbers = new Map<string, number>();

	numberOf(text: string): number {
		const known = this.numbers.get(text);
		if (known !== undefined) return known;
		this.numbers.set(text, this.list.length);
		return this.list.push(text) - 1;
	}
}

import { isFinal, type Call, type CallState } from './calls/call.mts';
import type { Simulator } from './server.mts';

/** What has happened to calls since the last time, one line each: placed, or how it ended. */
export function callLines({ calls }: Simulator): () => string[] {
	const seen = new WeakSet<Call>();
	let open: Call[] = [];
	return () => {
		const placed = calls.all().filter((call) => !seen.has(call));
		for (const call of placed) seen.add(call);
		const candidates = [...open.filter(({ sid }) => calls.find(sid)), ...placed];
		const ended = candidates.filter((call) => isFinal(calls.stateOf(call)));
		open = candidates.filter((call) => !ended.includes(call));
		return [
			...placed.map((call) => line(call.placedAt, call, 'placed')),
			...ended.map((call) => lineOfEnd(call, calls.stateOf(call))),
		];
	};
}

function lineOfEnd(call: Call, { since, status, reason }: CallState): string {
	return line(since, call, reason ? `${status} (${reason})` : status);
}

/** The time is the one on the clock of this machine. */
function line(at: number, { number, sid }: Call, what: string): string {
	return `${new Date(at).toTimeString().slice(0, 8)}  ${number.padEnd(16)} ${sid}  ${what}`;
}

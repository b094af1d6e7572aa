import { OUTCOME_NAMES, type Outcome } from '../calls/outcomes.mts';
import type { Fault } from '../faults/fault.mts';
import type { FaultList } from '../faults/faultList.mts';
import type { Settings } from '../settings.mts';
import type { Simulator } from '../server.mts';

type Control = (simulator: Simulator, body: unknown, faults: FaultList) => unknown;

/** What another process can do, by method and path below /_simulator. */
export const CONTROLS: Record<string, Control> = {
	'GET journal': ({ journal }) => ({
		requests: journal.requests,
		dials: journal.dials,
		counts: journal.counts,
	}),
	'GET dials': ({ journal }) => journal.dials,
	'GET counts': ({ journal }) => journal.counts,
	'GET calls': ({ calls }) => calls.all().map((call) => ({ ...call, ...calls.stateOf(call) })),
	'GET settings': ({ settings }) => settings,
	'POST settings': (simulator, body) => {
		simulator.set(object(body) as Partial<Settings>);
		return simulator.settings;
	},
	'GET faults': (_, __, faults) => faults.list(),
	'POST faults': (_, body, faults) => {
		for (const fault of [body].flat()) faults.add(object(fault) as Fault);
		return faults.list();
	},
	'DELETE faults': (simulator) => simulator.clearFaults(),
	'POST finish': (simulator, body) => {
		const { callSid, outcome } = object(body) as { callSid: string; outcome?: Outcome };
		simulator.finish(callSid, outcome);
	},
	'POST expire': (simulator, body) => {
		simulator.expire((object(body) as { callSid: string }).callSid);
	},
	'GET outcomes': () => OUTCOME_NAMES,
	'POST reset': (simulator) => simulator.reset(),
};

function object(body: unknown): object {
	if (typeof body === 'object' && body !== null) return body;
	throw new Error('Send a JSON object');
}

import { z } from 'zod';
import { OUTCOME_NAMES } from '../calls/outcomes.mts';
import type { FaultList } from '../faults/faultList.mts';
import { readFault } from '../faults/readFault.mts';
import { readAs } from '../readAs.mts';
import { OUTCOME, readSettings } from '../readSettings.mts';
import type { Simulator } from '../server.mts';

type Control = (simulator: Simulator, body: unknown, faults: FaultList) => unknown;

const CALL = z.object({ callSid: z.string() }).strict();
const RECEIVE = z.object({ number: z.string(), environment: z.string().optional() }).strict();
const FINISH = CALL.extend({ outcome: OUTCOME.optional() });

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
		simulator.set(readSettings(body));
		return simulator.settings;
	},
	'GET faults': (_, __, faults) => faults.list(),
	'POST faults': (_, body, faults) => {
		for (const fault of [body ?? []].flat().map(readFault)) faults.add(fault);
		return faults.list();
	},
	'DELETE faults': (simulator) => simulator.clearFaults(),
	'POST finish': (simulator, body) => {
		const { callSid, outcome } = readAs(FINISH, body);
		simulator.finish(callSid, outcome);
	},
	'POST expire': (simulator, body) => {
		simulator.expire(readAs(CALL, body).callSid);
	},
	'POST receive': (simulator, body) => {
		const { number, environment } = readAs(RECEIVE, body);
		return { callSid: simulator.receive(number, environment) };
	},
	'GET outcomes': () => OUTCOME_NAMES,
	'POST reset': (simulator) => simulator.reset(),
};

import * as fc from 'fast-check';
import type { Fault } from '../../simulatedPolyAi.mts';

const noFault = fc.constant<Fault>({ kind: 'none' });

const retryAfter = fc.option(fc.constantFrom('0', '1', '20', '400', 'soon'), { nil: undefined });

const fault: fc.Arbitrary<Fault> = fc.oneof(
	{ weight: 5, arbitrary: noFault },
	fc.constant<Fault>({ kind: 'garbage' }),
	fc.record({
		kind: fc.constant('noAnswer' as const),
		sent: fc.boolean(),
		dials: fc.boolean(),
	}),
	fc.record({
		kind: fc.constant('status' as const),
		status: fc.constantFrom(400, 401, 403, 404, 405, 429, 302),
		retryAfter,
	}),
	fc.record({ kind: fc.constant('notQueued' as const), retryAfter }),
	fc.record({
		kind: fc.constant('status' as const),
		status: fc.constantFrom(500, 502, 503, 504, 520, 408),
		dials: fc.boolean(),
	}),
);

/** The line is down, or PolyAI refuses everything, for some requests in a row. */
const outage = fc
	.tuple(fault, fc.integer({ min: 2, max: 12 }))
	.map(([one, times]) => Array<Fault>(times).fill(one));

const everything = fc
	.array(
		fc.oneof({ weight: 4, arbitrary: fault.map((one) => [one]) }, { weight: 1, arbitrary: outage }),
		{ minLength: 1, maxLength: 18 },
	)
	.map((parts) => parts.flat());

/** PolyAI accepts some calls and refuses others, so that it's certain whom it didn't call. */
const refusals = fc.array(
	fc.constantFrom<Fault>({ kind: 'none' }, { kind: 'none' }, { kind: 'status', status: 400 }),
	{ minLength: 2, maxLength: 8 },
);

/** What happens to one request after the other. */
export const faults: fc.Arbitrary<Fault[]> = fc.oneof(
	{ weight: 3, arbitrary: everything },
	{ weight: 1, arbitrary: refusals },
	{ weight: 2, arbitrary: fc.tuple(noFault) },
);

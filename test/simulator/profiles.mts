import type { Fault } from './faults/fault.mts';
import type { Settings } from './settings.mts';

interface Profile {
	settings?: Partial<Settings>;
	faults?: Fault[];
}

/** Of all requests, for each of the gateway's faults: about one in six meets one of them. */
const NOW_AND_THEN = 0.03;
const RARELY = 0.01;

/** A gateway answers 504 because it has waited for this long. */
const PATIENCE_MS = 10_000;

/** Before PolyAI took the request, or after it: then the call is placed, and the caller isn't told. */
const gatewayFaults: Fault[] = [false, true].flatMap((dials): Fault[] => [
	{ answer: 502, body: 'html', dials, share: NOW_AND_THEN },
	{ answer: 503, body: 'empty', dials, share: NOW_AND_THEN },
	{ answer: 504, body: 'html', dials, share: NOW_AND_THEN, delayMs: PATIENCE_MS },
]);

/** Ways in which the real PolyAI may be less forgiving than its documentation; see test/simulator/README.md. */
export const PROFILES = {
	gateway: {
		settings: { unknownPath: 403 },
		faults: [...gatewayFaults, { answer: 'garbage', share: RARELY }],
	},
	'late-metrics': {
		settings: { listedAfterMs: 30_000, pagesShift: true, addedMs: 45_000 },
	},
	'rate-limited': {
		settings: { rateLimit: { requests: 10, perMs: 10_000 } },
	},
} satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;

export const PROFILE_NAMES = Object.keys(PROFILES) as ProfileName[];

/** The settings and faults of several profiles; of two that set the same, the later one wins. */
export function combine(names: readonly ProfileName[]): Required<Profile> {
	const profiles = names.map((name): Profile => PROFILES[name]);
	return {
		settings: Object.assign({}, ...profiles.map(({ settings }) => settings)) as Partial<Settings>,
		faults: profiles.flatMap(({ faults = [] }) => faults),
	};
}

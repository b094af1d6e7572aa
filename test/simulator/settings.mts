import type { Outcome, OutcomeName } from './calls/outcomes.mts';
import type { ErrorShape } from './faults/errorBodies.mts';
import type { Limit } from './faults/rateLimit.mts';
import type { VersionName } from './versions/apiVersion.mts';

/** Everything that can be changed while the simulator is running. Times are in milliseconds. */
export interface Settings {
	/** Which parts of PolyAI are served; paths of the others are unknown to the gateway. */
	versions: VersionName[];
	/** How the gateway answers a path that it doesn't know. */
	unknownPath: 403 | 404 | 405;
	token: string;
	apiKey: string;
	agentId: string;
	accountId: string;
	/** How G1 takes fields that its documentation doesn't name; accepted means as G2 does. */
	g1Fields: 'ignored' | 'accepted' | 'refused';
	/** Environments of the agent that have a connector for outbound calls (G3). */
	environments: string[];
	/** Names of the agent's variants by their IDs; the first is the default one (G3). */
	variants: Record<string, string>;
	/** How long every answer takes. */
	latencyMs: number;
	/** How many requests PolyAI takes in a time; null is no limit. It publishes no numbers. */
	rateLimit: Limit | null;
	queuedMs: number;
	callingMs: number;
	/** How long a call's status can be read after its end; PolyAI keeps it about two hours. */
	retentionMs: number;
	/** How G3 answers for a call that it doesn't know, or no longer: it documents no 404. */
	unknownCall: 400 | 403 | 404;
	/** How a call ends if nothing else applies. */
	outcome: Outcome;
	/** By E.164 number. */
	outcomeByNumber: Record<string, Outcome>;
	/** The outcomes of the next calls, in the order in which they are placed. */
	outcomeScript: Outcome[];
	/** Shares between 0 and 1, drawn with the seed; what is left over ends as `outcome` says. */
	outcomeShares: Partial<Record<OutcomeName, number>>;
	/** Whether the numbers of magicNumbers.mts decide what happens to their calls. */
	magicNumbers: boolean;
	/** Other words on the wire for the four statuses, as older and neighboring APIs use them. */
	words: Partial<Record<'queued' | 'calling' | 'success' | 'failure', string>>;
	/** Which of PolyAI's error bodies is used; each API version has its own when this isn't set. */
	errorShape?: ErrorShape;
	/** Whether the project shows transcripts, summaries and metrics of conversations. */
	transcripts: boolean;
	/** How long after the end of a call its metrics, summary and score are added. */
	addedMs: number;
	/** How long after its start a conversation appears in the list. */
	listedAfterMs: number;
	/** Whether the list's cursor counts rows, so that new conversations shift the pages. */
	pagesShift: boolean;
	seed: number;
}

export const DEFAULT_SETTINGS: Readonly<Settings> = {
	versions: ['g1'],
	unknownPath: 404,
	token: 'simulator-token',
	apiKey: 'simulator-key',
	agentId: 'PROJECT-SIMULATOR',
	accountId: 'ws-simulator',
	g1Fields: 'ignored',
	environments: ['sandbox', 'pre-release', 'live'],
	variants: { 'VARIANT-1a2b3c4d': 'London', 'VARIANT-5e6f7a8b': 'Tokyo' },
	latencyMs: 0,
	rateLimit: null,
	queuedMs: 2_000,
	callingMs: 5_000,
	retentionMs: 2 * 60 * 60 * 1000,
	unknownCall: 404,
	outcome: 'success',
	outcomeByNumber: {},
	outcomeScript: [],
	outcomeShares: {},
	magicNumbers: true,
	words: {},
	transcripts: true,
	addedMs: 0,
	listedAfterMs: 0,
	pagesShift: false,
	seed: 1,
};

import type { CallError } from '../callError';
import { inOrder } from '../inOrder';
import type { Look } from '../sending/readStatus';
import { settle } from '../settle';
import type { Clock } from '../time/clock';
import { endOf } from '../tracking/endOf';
import { nextLookAt } from '../tracking/lookSchedule';
import type { CallEnd } from '../tracking/trackedCall';
import type { CallLog, OpenCall } from './callLog';
import type { Claim, LoggedCall } from './logRow';

/** After so long a claim is abandoned: a poll takes half a minute, and closes its rows a second later. */
const LONGEST_CLAIM_MS = 2 * 60_000;

/** Claiming goes on for so long after the last look. */
const TIME_TO_CLAIM_MS = 5000;

export interface WatchRules {
	clock: Clock;
	/** Looks at calls in their order as far as time allows; tells a refusal that concerns them all. */
	look: (
		calls: LoggedCall[],
		judge: (callSid: string, look: Look) => void,
	) => Promise<CallError | undefined>;
	/** Whether this trigger is known to have reported a call. */
	isReported: (callSid: string) => boolean;
	/** Requests to n8n at once. */
	concurrency: number;
	/** Milliseconds since 1970 after which no look is started. */
	until: number;
}

export interface Round {
	/** Calls that are this trigger's to report, in the order of their rows. */
	ended: Array<{ call: LoggedCall; end: CallEnd }>;
	/** Closes their rows: to be done as soon as they were reported. */
	close: () => Promise<void>;
	refused?: CallError;
}

/** Watches the calls of a log for one trigger, and remembers when it has looked at them. */
export class LogWatch {
	private lastLooks = new Map<string, number>();

	/** @throws CallError when the log cannot be read */
	async round(log: CallLog, rules: WatchRules): Promise<Round> {
		const { clock, isReported } = rules;
		const open = await log.openCalls(clock.now());
		const known = new Map(open.map((one) => [one.call.callSid, one]));
		this.forgetOthers(known);
		const claimed = [...known.values()].filter(({ claim }) => claim);
		const ends = abandoned(claimed, rules);
		const refused = await this.look(known, ends, rules);
		const since = clock.now();
		const { claims, failure } = await this.claim(log, known, ends, since, rules);
		const done = claimed.filter(({ call }) => isReported(call.callSid)).map(({ claim }) => claim);
		const mine = [...claims.values()];
		return {
			ended: [...claims].map(([callSid, { status, reason }]) => {
				const call = (known.get(callSid) as OpenCall).call;
				return { call, end: { status, finishedAt: since, ...(reason && { reason }) } };
			}),
			close: async () => {
				for (const claim of unique([...mine, ...(done as Claim[])])) await log.close(claim);
			},
			refused: refused ?? failure,
		};
	}

	private async look(known: Map<string, OpenCall>, ends: Map<string, CallEnd>, rules: WatchRules) {
		const { clock, look } = rules;
		return await look(this.due(known, clock.now()), (callSid, seen) => {
			const now = clock.now();
			this.lastLooks.set(callSid, now);
			const end = endOf((known.get(callSid) as OpenCall).call, seen, now);
			if (end) ends.set(callSid, end);
		});
	}

	/** Those that have waited longest first. */
	private due(known: Map<string, OpenCall>, now: number): LoggedCall[] {
		return [...known.values()]
			.filter(({ claim }) => !claim)
			.map(({ call }) => ({ call, at: nextLookAt(call, this.lastLooks.get(call.callSid)) }))
			.filter(({ at }) => at <= now)
			.sort((a, b) => a.at - b.at)
			.map(({ call }) => call);
	}

	/** What cannot be claimed now is looked at again in the next round. */
	private async claim(
		log: CallLog,
		known: Map<string, OpenCall>,
		ends: Map<string, CallEnd>,
		since: number,
		{ clock, concurrency, until }: WatchRules,
	) {
		const claims = new Map<string, Claim>();
		let failure: CallError | undefined;
		const callSids = [...ends.keys()];
		for (const callSid of callSids) this.lastLooks.delete(callSid);
		const step = async (index: number) => {
			const callSid = callSids[index] as string;
			const { status, reason } = ends.get(callSid) as CallEnd;
			const next: Claim = { status, since, ...(reason && { reason }) };
			const claimed = await settle(async () => {
				return await log.claim(known.get(callSid) as OpenCall, next);
			});
			if ('error' in claimed) failure ??= claimed.error as CallError;
			else if (claimed.value) claims.set(callSid, next);
		};
		const goesOn = () => !failure && clock.now() < until + TIME_TO_CLAIM_MS;
		await inOrder(callSids.length, concurrency, step, goesOn);
		return { claims, failure };
	}

	private forgetOthers(known: Map<string, OpenCall>): void {
		for (const callSid of this.lastLooks.keys()) {
			if (!known.has(callSid)) this.lastLooks.delete(callSid);
		}
	}
}

/** Calls whose claim is so old that whoever made it must have died before reporting them. */
function abandoned(claimed: OpenCall[], { clock, isReported }: WatchRules): Map<string, CallEnd> {
	const ends = new Map<string, CallEnd>();
	for (const { call, claim } of claimed) {
		const { status, reason, since } = claim as Claim;
		const isOver = clock.now() - since >= LONGEST_CLAIM_MS;
		const end = { status, reason, finishedAt: since };
		if (isOver && !isReported(call.callSid)) ends.set(call.callSid, end);
	}
	return ends;
}

function unique(claims: Claim[]): Claim[] {
	return [...new Map(claims.map((claim) => [JSON.stringify(claim), claim])).values()];
}

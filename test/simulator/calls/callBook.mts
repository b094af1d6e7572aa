import { randomUUID } from 'node:crypto';
import type { VersionName } from '../versions/apiVersion.mts';
import { seededRandom } from '../random.mts';
import type { Settings } from '../settings.mts';
import {
	isFinal,
	isForgotten,
	stateAt,
	type Call,
	type CallOrder,
	type CallState,
} from './call.mts';
import { chooseOutcome } from './chooseOutcome.mts';
import { outcomeOf, type Outcome } from './outcomes.mts';

/** A clock that tests can set; milliseconds since 1970. */
export interface Clock {
	now(): number;
}

/**
 * All calls that PolyAI accepted. Their life cycles are computed from timestamps: nothing runs in
 * between.
 */
export class CallBook {
	private readonly calls = new Map<string, Call>();
	private random: () => number;

	constructor(
		private readonly settings: Settings,
		private readonly clock: Clock,
	) {
		this.random = seededRandom(settings.seed);
	}

	place(order: CallOrder, version: VersionName): Call {
		const outcome = outcomeOf(chooseOutcome(order.number, this.settings, this.random));
		const stays = outcome.staysIn;
		const isBare = ['g1', 'conversations'].includes(version);
		const call: Call = {
			...order,
			sid: isBare ? randomUUID() : `OUT-${randomUUID()}`,
			version,
			placedAt: this.clock.now(),
			queuedMs: stays === 'queued' ? Infinity : (outcome.queuedMs ?? this.settings.queuedMs),
			callingMs: stays === 'calling' ? Infinity : (outcome.callingMs ?? this.settings.callingMs),
			outcome,
		};
		this.calls.set(call.sid, call);
		return call;
	}

	find(sid: string): Call | undefined {
		return this.calls.get(sid);
	}

	/** A call whose status PolyAI still knows. */
	findRemembered(sid: string): Call | undefined {
		const call = this.calls.get(sid);
		return call && !isForgotten(call, this.clock.now(), this.settings.retentionMs)
			? call
			: undefined;
	}

	stateOf(call: Call): CallState {
		return stateAt(call, this.clock.now());
	}

	all(): Call[] {
		return [...this.calls.values()];
	}

	/** Ends a call now. A final status never changes, so a call that has ended is refused. */
	finish(sid: string, outcome: Outcome = 'success'): void {
		const call = this.mustFind(sid);
		const { status } = this.stateOf(call);
		if (isFinal(this.stateOf(call))) throw new Error(`The call ${sid} has ended: ${status}`);
		call.outcome = outcomeOf(outcome);
		call.finishedAt = this.clock.now();
	}

	/** Someone calls the agent, who answers at once. */
	receive(number: string, environment = 'live'): Call {
		const call = this.place({ number, environment, metadata: {} }, 'conversations');
		call.queuedMs = 0;
		return call;
	}

	/** From now on, PolyAI no longer knows the call's status, as after two hours. */
	expire(sid: string): void {
		this.mustFind(sid).expired = true;
	}

	reset(): void {
		this.calls.clear();
		this.reseed();
	}

	/** Shares are drawn anew from the settings' seed. */
	reseed(): void {
		this.random = seededRandom(this.settings.seed);
	}

	private mustFind(sid: string): Call {
		const call = this.calls.get(sid);
		if (!call) throw new Error(`There is no call ${sid}`);
		return call;
	}
}

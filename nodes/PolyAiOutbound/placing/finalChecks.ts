import type { SentMarks } from '../../shared/crashRecovery/sentMarks';
import { outcomeUnknown } from '../../shared/errors/outcomeUnknown';
import type { Clock } from '../../shared/time/clock';
import type { RememberedCall } from '../run/placedCalls';
import type { CallRegister, Interrupted } from './callRegister';
import type { CallRequest } from './callRequest';
import { outsideHours } from './outsideHours';

/** Where the calls of a run are written down besides the execution itself. */
export interface Records {
	marks?: SentMarks;
	register?: CallRegister;
}

/** A call that the run placed which this one repeats. */
export class FoundAgain {
	constructor(readonly call: Exclude<Interrupted, string>) {}
}

/** What was asked so long ago, in milliseconds, is asked again before a call is sent. */
const SLOW_MS = 1000;

/** The last word before a call is sent: it is written down, and nothing keeps it back. */
export class FinalChecks {
	constructor(
		private readonly records: Records,
		private readonly clock: Clock,
	) {}

	/**
	 * To be got before every request of a call.
	 *
	 * @throws Skipped, FoundAgain or CallError when the call must not be sent
	 */
	async get(request: CallRequest, call: RememberedCall): Promise<void> {
		await this.mark(request, call);
		const askedAt = await this.runChecks(request, call);
		const skipped = await this.records.register?.begin(request, call);
		if (skipped) throw skipped;
		// Writing may have taken minutes, where n8n was just being started.
		if (this.clock.now() - askedAt >= SLOW_MS) await this.runChecks(request, call);
		this.checkHours(request, call);
	}

	/** @throws CallError `outcomeUnknown` when a run that was cut off may have sent this call */
	private async mark({ mark }: CallRequest, call: RememberedCall): Promise<void> {
		const { marks, register } = this.records;
		if (!mark || !marks) return;
		await marks.write(mark);
		if (!mark.isForeign) return;
		const found = (await register?.findInterrupted(call)) ?? 'unknown';
		if (typeof found === 'object') throw new FoundAgain(found);
		if (found === 'notSent' && marks.takeOver(mark)) return;
		throw outcomeUnknown.interruptedRun();
	}

	/** @returns when they were asked, in milliseconds since 1970. @throws Skipped or CallError */
	private async runChecks({ checks = [] }: CallRequest, call: RememberedCall): Promise<number> {
		const askedAt = this.clock.now();
		for (const check of checks) {
			const skipped = await check(call);
			if (skipped) throw skipped;
		}
		return askedAt;
	}

	/** The turn of a call may come long after it was looked at. */
	private checkHours(request: CallRequest, call: RememberedCall): void {
		const now = this.clock.now();
		const skipped = outsideHours(request, now);
		if (skipped) throw skipped;
		call.triggeredAt = new Date(now).toISOString();
	}
}

import type { SentMarks } from '../../shared/crashRecovery/sentMarks';
import { outcomeUnknown } from '../../shared/errors/outcomeUnknown';
import type { Clock } from '../../shared/time/clock';
import type { RememberedCall } from '../run/placedCalls';
import type { CallRegister, Interrupted } from './callRegister';
import type { CallRequest } from './callRequest';
import { outsideHours } from './outsideHours';

/** Where the calls of a run are recorded besides the execution itself. */
export interface Records {
	marks?: SentMarks;
	register?: CallRegister;
}

/** A call that was placed by the run that this one repeats. */
export class FoundAgain {
	constructor(readonly call: Exclude<Interrupted, string>) {}
}

/** Checks that are older than this, in milliseconds, are repeated before a call is sent. */
const SLOW_MS = 1000;

/** The last step before a call is sent: it has been recorded, and nothing holds it back. */
export class FinalChecks {
	constructor(
		private readonly records: Records,
		private readonly clock: Clock,
	) {}

	/**
	 * To be awaited before every request of a call.
	 *
	 * @throws Skipped, FoundAgain or CallError when the call must not be sent
	 */
	async pass(request: CallRequest, call: RememberedCall): Promise<void> {
		await this.mark(request, call);
		const askedAt = await this.runChecks(request, call);
		const skipped = await this.records.register?.begin(request, call);
		if (skipped) throw skipped;
		// Writing may have taken minutes if n8n was just starting.
		if (this.clock.now() - askedAt >= SLOW_MS) await this.runChecks(request, call);
		this.checkHours(request, call);
	}

	/** @throws CallError `outcomeUnknown` if an interrupted run may have sent this call */
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

	/** @returns when they ran, in milliseconds since 1970. @throws Skipped or CallError */
	private async runChecks({ checks = [] }: CallRequest, call: RememberedCall): Promise<number> {
		const askedAt = this.clock.now();
		for (const check of checks) {
			const skipped = await check(call);
			if (skipped) throw skipped;
		}
		return askedAt;
	}

	/** A call's turn may come long after it was first checked. */
	private checkHours(request: CallRequest, call: RememberedCall): void {
		const now = this.clock.now();
		const skipped = outsideHours(request, now);
		if (skipped) throw skipped;
		call.triggeredAt = new Date(now).toISOString();
	}
}

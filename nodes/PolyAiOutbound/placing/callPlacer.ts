import { skipReasons } from '../../shared/errors/skipReasons';
import type { Mark } from '../../shared/crashRecovery/mark';
import { waitForTurn } from '../../shared/time/takeTurns';
import type { Session } from '../run/session';
import type { PlacedCalls, RememberedCall } from '../run/placedCalls';
import { CallAttempt } from './callAttempt';
import type { CallRequest } from './callRequest';
import type { Records } from './finalChecks';
import { hoursAt, outsideHours } from './outsideHours';
import { Skipped, type Placement } from './placement';

/** Calls whose outcome isn't known yet, for items that ask for the same one in the meantime. */
const onTheirWay = new WeakMap<RememberedCall, Promise<Placement | Skipped>>();

/** Places the calls of one run, each at most once. */
export class CallPlacer {
	/** How many items of this run ask for a number. */
	private readonly asked = new Map<string, number>();

	constructor(
		private readonly session: Session,
		private readonly placed: PlacedCalls,
		private readonly records: Records = {},
	) {}

	/** The mark of an item, whether or not it will be called. To be asked for in the items' order. */
	expect(request: CallRequest, item: number): Mark | undefined {
		const { marks } = this.records;
		const { phoneNumber } = request.number;
		const before = this.asked.get(phoneNumber) ?? 0;
		this.asked.set(phoneNumber, before + 1);
		// Only one of the duplicates is called, and it isn't known yet which: they share one mark.
		const isOneCall = request.skipDuplicates || this.placed.goesByNumber;
		const isKnown = this.isKnown(request, item);
		if (!marks || (isKnown && !isOneCall)) return undefined;
		const from = this.placed.timesCalledBefore(phoneNumber) + before;
		const occurrence = isOneCall ? 0 : marks.nextOccurrence(phoneNumber, from);
		const isLikely = !isKnown && !this.duplicate(request) && hoursAt(request, this.now()).allowed;
		return marks.expect(phoneNumber, occurrence, isLikely);
	}

	/** Whether an earlier try has placed an item's call, or may have. */
	isKnown({ number: { phoneNumber } }: CallRequest, item: number): boolean {
		return this.placed.recall(item, phoneNumber) !== undefined;
	}

	/**
	 * Items must be passed in order: whether a number is a duplicate is decided before anything is
	 * awaited.
	 *
	 * @throws CallError of the item
	 */
	async place(request: CallRequest, item: number): Promise<Placement | Skipped> {
		const { phoneNumber, country } = request.number;
		const known = this.placed.recall(item, phoneNumber);
		if (known) {
			return await (onTheirWay.get(known) ?? this.attempt(request, item, known).resume());
		}
		const skipped = outsideHours(request, this.now()) ?? this.duplicate(request);
		if (skipped) return skipped;
		const triggeredAt = new Date(this.now()).toISOString();
		const call: RememberedCall = { phoneNumber, country, triggeredAt };
		this.placed.sending(item, call);
		const attempt = this.attempt(request, item, call);
		const outcome = this.inTurn(request, async () => await attempt.send());
		onTheirWay.set(call, outcome);
		return await outcome.finally(() => onTheirWay.delete(call));
	}

	private attempt(request: CallRequest, item: number, call: RememberedCall): CallAttempt {
		const { session, placed, records } = this;
		return new CallAttempt({ session, placed, records }, request, item, call);
	}

	/** Of two calls with the same call key, the second waits for the outcome of the first. */
	private async inTurn<Value>(
		{ callKey }: CallRequest,
		work: () => Promise<Value>,
	): Promise<Value> {
		const { register } = this.records;
		if (callKey === undefined || !register) return await work();
		const end = await waitForTurn(`${register.place} ${callKey}`, this.session.sender.signal);
		return await work().finally(end);
	}

	private duplicate({ number: { phoneNumber }, skipDuplicates }: CallRequest): Skipped | undefined {
		if (!skipDuplicates || !this.placed.hasCalled(phoneNumber)) return undefined;
		return new Skipped('duplicateNumber', skipReasons.duplicateNumber({ phoneNumber }));
	}

	private now(): number {
		return this.session.sender.clock.now();
	}
}

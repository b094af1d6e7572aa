import { CallError } from '../../shared/callError';
import type { Mark, SentMarks } from '../../shared/neverTwice/sentMarks';
import { waitForTurn } from '../../shared/neverTwice/turns';
import type { CallStatus } from '../../shared/polyai/callStatus';
import { explainForgottenOutcome, explainInterruptedOutcome } from '../../shared/polyai/explain';
import { placeCall, type AcceptedCall } from '../../shared/sending/placeCall';
import { settle } from '../../shared/settle';
import type { Line } from '../run/openLine';
import type { PlacedCalls, RememberedCall } from '../run/placedCalls';
import type { CallRegister, Interrupted } from './callRegister';
import type { Order } from './openCalling';
import { notFound } from './findCall';
import { hoursAt, outsideHours } from './outsideHours';
import { Skipped, type Placement } from './placement';

/** A call that the run placed which this one repeats. */
class FoundAgain {
	constructor(readonly call: Exclude<Interrupted, string>) {}
}

/** Calls whose outcome is not known yet, for whoever asks for the same one meanwhile. */
const onTheirWay = new WeakMap<RememberedCall, Promise<Placement | Skipped>>();

/** What was asked so long ago, in milliseconds, is asked again before a call is sent. */
const SLOW_MS = 1000;

/** Where the calls of a run are written down besides the execution itself. */
export interface Records {
	marks?: SentMarks;
	register?: CallRegister;
}

/** Places the calls of one run, each at most once. */
export class CallPlacer {
	/** How many items of this run ask for a number. */
	private readonly asked = new Map<string, number>();

	constructor(
		private readonly line: Line,
		private readonly placed: PlacedCalls,
		private readonly records: Records = {},
	) {}

	/** The mark of an item, whether or not it will be called as things stand; in their order. */
	expect(order: Order, item: number): Mark | undefined {
		const { marks } = this.records;
		const { phoneNumber } = order.number;
		const before = this.asked.get(phoneNumber) ?? 0;
		this.asked.set(phoneNumber, before + 1);
		// Of duplicates one is called, and nobody can tell now which: they have one mark.
		const isOneCall = order.skipDuplicates || this.placed.goesByNumber;
		const isKnown = this.placed.recall(item, phoneNumber) !== undefined;
		if (!marks || (isKnown && !isOneCall)) return undefined;
		const from = this.placed.timesCalledBefore(phoneNumber) + before;
		const occurrence = isOneCall ? 0 : marks.nextOccurrence(phoneNumber, from);
		const isLikely = !isKnown && !this.duplicate(order) && hoursAt(order, this.now()).allowed;
		return marks.expect(phoneNumber, occurrence, isLikely);
	}

	/** Whether an earlier try has placed the call of an item, or may have. */
	isKnown({ number: { phoneNumber } }: Order, item: number): boolean {
		return this.placed.recall(item, phoneNumber) !== undefined;
	}

	/**
	 * Items have to be handed over in order: whether a number is a duplicate is decided before
	 * anything is waited for.
	 *
	 * @throws CallError of the item
	 */
	async place(order: Order, item: number): Promise<Placement | Skipped> {
		const { phoneNumber, country } = order.number;
		const known = this.placed.recall(item, phoneNumber);
		if (known) return await (onTheirWay.get(known) ?? this.asBefore(order, known));
		const skipped = outsideHours(order, this.now()) ?? this.duplicate(order);
		if (skipped) return skipped;
		const call: RememberedCall = { phoneNumber, country, triggeredAt: this.nowAsText() };
		this.placed.sending(item, call);
		const outcome = this.inTurn(order, async () => await this.send(order, item, call));
		onTheirWay.set(call, outcome);
		return await outcome.finally(() => onTheirWay.delete(call));
	}

	/** Of two calls with the same call key the second waits for what becomes of the first. */
	private async inTurn<Value>({ callKey }: Order, work: () => Promise<Value>): Promise<Value> {
		const { register } = this.records;
		if (callKey === undefined || !register) return await work();
		const end = await waitForTurn(`${register.place} ${callKey}`, this.line.sender.signal);
		return await work().finally(end);
	}

	private async send(
		order: Order,
		item: number,
		call: RememberedCall,
	): Promise<Placement | Skipped> {
		const result = await settle(async () => await this.accept(order, call));
		if ('error' in result) return await this.failed(result.error, order, item, call);
		return await this.accepted(order, call, result.value);
	}

	private async accepted(
		order: Order,
		call: RememberedCall,
		{ callSid, status }: AcceptedCall,
	): Promise<Placement> {
		this.placed.accepted(call, callSid, status);
		const { phoneNumber } = call;
		const triggeredAt = Date.parse(call.triggeredAt);
		const { metadata, environment } = order.details;
		this.line.tracking.placed({ callSid, phoneNumber, triggeredAt, metadata, environment });
		return await this.written(order, call, callSid, status);
	}

	/** The call as PolyAI has accepted it, or as the run did that this one repeats. */
	private async accept(order: Order, call: RememberedCall): Promise<AcceptedCall> {
		const { sender, account } = this.line;
		const { retryServerErrors, details } = order;
		let isSent = false;
		const beforeSending = async () => {
			await this.writeDown(order, call);
			isSent = true;
		};
		const toPlace = { phoneNumber: call.phoneNumber, ...details };
		const sent = await settle(async () => {
			return await placeCall(sender, account, toPlace, { retryServerErrors, beforeSending });
		});
		if ('value' in sent) return sent.value;
		if (isSent && isUnclear(sent.error)) return await this.find(order, call, sent.error);
		if (!(sent.error instanceof FoundAgain)) return await Promise.reject(sent.error);
		const { triggeredAt, ...accepted } = sent.error.call;
		Object.assign(call, { triggeredAt, isLogged: true });
		return accepted;
	}

	/** @throws Skipped, FoundAgain or CallError when the call must not be sent */
	private async writeDown(order: Order, call: RememberedCall): Promise<void> {
		await this.mark(order, call);
		const askedAt = await this.askFences(order, call);
		const skipped = await this.records.register?.begin(order, call);
		if (skipped) throw skipped;
		// Writing may have taken minutes, where n8n was just being started.
		if (this.now() - askedAt >= SLOW_MS) await this.askFences(order, call);
		this.stillInside(order, call);
	}

	/** @returns when they were asked, in milliseconds since 1970. @throws Skipped or CallError */
	private async askFences({ fences = [] }: Order, call: RememberedCall): Promise<number> {
		const askedAt = this.now();
		for (const fence of fences) {
			const skipped = await fence(call);
			if (skipped) throw skipped;
		}
		return askedAt;
	}

	/** @throws CallError `outcomeUnknown` when a run that was cut off may have sent this call */
	private async mark(order: Order, call: RememberedCall): Promise<void> {
		const { mark } = order;
		const { marks, register } = this.records;
		if (!mark || !marks) return;
		await marks.write(mark);
		if (!mark.isForeign) return;
		const found = (await register?.findInterrupted(call)) ?? 'unknown';
		if (typeof found === 'object') throw new FoundAgain(found);
		if (found === 'notSent' && marks.takeOver(mark)) return;
		throw explainInterruptedOutcome();
	}

	private async asBefore(order: Order, call: RememberedCall): Promise<Placement> {
		const { phoneNumber, callSid, status } = call;
		if (callSid !== undefined && status !== undefined) {
			return await this.written(order, call, callSid, status);
		}
		const found = await this.find(order, call, explainForgottenOutcome().about({ phoneNumber }));
		return await this.accepted(order, call, found);
	}

	/** @throws CallError `unclear` when PolyAI's list does not tell, or nobody may look: never sent again */
	private async find(
		order: Order,
		call: RememberedCall,
		unclear: CallError,
	): Promise<AcceptedCall> {
		if (!order.find) throw unclear;
		const found = await order.find(call, this.records.register);
		if (!found) throw notFound(unclear);
		return found;
	}

	/** Whatever becomes of its row, the call was placed. */
	private async written(
		order: Order,
		call: RememberedCall,
		callSid: string,
		status: CallStatus,
	): Promise<Placement> {
		const callLogProblem = await this.records.register?.accepted(order, call);
		return { ...call, callSid, status, callLogProblem };
	}

	/** The turn of a call may come long after it was looked at. */
	private stillInside(order: Order, call: RememberedCall): void {
		const skipped = outsideHours(order, this.now());
		if (skipped) throw skipped;
		call.triggeredAt = this.nowAsText();
	}

	private async failed(
		error: unknown,
		order: Order,
		item: number,
		call: RememberedCall,
	): Promise<Skipped> {
		const { mark } = order;
		const { marks, register } = this.records;
		const why = error instanceof Skipped ? error.reason : (error as Error).message;
		const isKnownToBeUnplaced = error instanceof CallError && error.code !== 'outcomeUnknown';
		if (isKnownToBeUnplaced || error instanceof Skipped) {
			this.placed.notPlaced(item, call);
			if (mark) marks?.notPlaced(mark);
			await register?.notPlaced(order, call, why);
		} else {
			await register?.unclear(call, why);
		}
		if (error instanceof Skipped) return error;
		const { phoneNumber } = call;
		throw error instanceof CallError ? error.about({ phoneNumber }) : error;
	}

	private duplicate({ number: { phoneNumber }, skipDuplicates }: Order): Skipped | undefined {
		if (!skipDuplicates || !this.placed.hasCalled(phoneNumber)) return undefined;
		return new Skipped(
			'duplicateNumber',
			`${phoneNumber} stands in an earlier item of this execution.`,
		);
	}

	private now(): number {
		return this.line.sender.clock.now();
	}

	private nowAsText(): string {
		return new Date(this.now()).toISOString();
	}
}

function isUnclear(error: unknown): error is CallError {
	return error instanceof CallError && error.code === 'outcomeUnknown';
}

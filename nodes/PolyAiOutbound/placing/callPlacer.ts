import { addedSentences } from '../../shared/errors/addedSentences';
import { CallError } from '../../shared/errors/callError';
import { outcomeUnknown } from '../../shared/errors/outcomeUnknown';
import { skipReasons } from '../../shared/errors/skipReasons';
import type { Mark } from '../../shared/crashRecovery/mark';
import { waitForTurn } from '../../shared/time/takeTurns';
import type { CallStatus } from '../../shared/polyai/callStatus';
import { placeCall, type AcceptedCall } from '../../shared/polyai/placeCall';
import { toResult } from '../../shared/toResult';
import type { Session } from '../run/session';
import type { PlacedCalls, RememberedCall } from '../run/placedCalls';
import { FinalChecks, FoundAgain, type Records } from './finalChecks';
import type { CallRequest } from './callRequest';
import { hoursAt, outsideHours } from './outsideHours';
import { Skipped, type Placement } from './placement';

/** Calls whose outcome isn't known yet, for items that ask for the same one in the meantime. */
const onTheirWay = new WeakMap<RememberedCall, Promise<Placement | Skipped>>();

/** Places the calls of one run, each at most once. */
export class CallPlacer {
	/** How many items of this run ask for a number. */
	private readonly asked = new Map<string, number>();
	private readonly finalChecks: FinalChecks;

	constructor(
		private readonly session: Session,
		private readonly placed: PlacedCalls,
		private readonly records: Records = {},
	) {
		this.finalChecks = new FinalChecks(records, session.sender.clock);
	}

	/** The mark of an item, whether or not it will be called. To be asked for in the items' order. */
	expect(request: CallRequest, item: number): Mark | undefined {
		const { marks } = this.records;
		const { phoneNumber } = request.number;
		const before = this.asked.get(phoneNumber) ?? 0;
		this.asked.set(phoneNumber, before + 1);
		// Only one of the duplicates is called, and it isn't known yet which: they share one mark.
		const isOneCall = request.skipDuplicates || this.placed.goesByNumber;
		const isKnown = this.placed.recall(item, phoneNumber) !== undefined;
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
		if (known) return await (onTheirWay.get(known) ?? this.resume(request, known));
		const skipped = outsideHours(request, this.now()) ?? this.duplicate(request);
		if (skipped) return skipped;
		const call: RememberedCall = { phoneNumber, country, triggeredAt: this.nowAsText() };
		this.placed.sending(item, call);
		const outcome = this.inTurn(request, async () => await this.send(request, item, call));
		onTheirWay.set(call, outcome);
		return await outcome.finally(() => onTheirWay.delete(call));
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

	private async send(
		request: CallRequest,
		item: number,
		call: RememberedCall,
	): Promise<Placement | Skipped> {
		const result = await toResult(async () => await this.accept(request, call));
		if ('error' in result) return await this.failed(result.error, request, item, call);
		return await this.accepted(request, call, result.value);
	}

	private async accepted(
		request: CallRequest,
		call: RememberedCall,
		{ callSid, status }: AcceptedCall,
	): Promise<Placement> {
		this.placed.accepted(call, callSid, status);
		const { phoneNumber } = call;
		const triggeredAt = Date.parse(call.triggeredAt);
		const { metadata, environment } = request.details;
		this.session.tracking.placed({ callSid, phoneNumber, triggeredAt, metadata, environment });
		return await this.logAccepted(request, call, callSid, status);
	}

	/** The call as PolyAI accepted it now, or in the run that this one repeats. */
	private async accept(request: CallRequest, call: RememberedCall): Promise<AcceptedCall> {
		const { sender, account } = this.session;
		const { retryServerErrors, details } = request;
		let isSent = false;
		const beforeSending = async () => {
			await this.finalChecks.get(request, call);
			isSent = true;
		};
		const toPlace = { phoneNumber: call.phoneNumber, ...details };
		const sent = await toResult(async () => {
			return await placeCall(sender, account, toPlace, { retryServerErrors, beforeSending });
		});
		if ('value' in sent) return sent.value;
		if (isSent && isUnclear(sent.error)) return await this.find(request, call, sent.error);
		if (!(sent.error instanceof FoundAgain)) return await Promise.reject(sent.error);
		const { triggeredAt, ...accepted } = sent.error.call;
		Object.assign(call, { triggeredAt, isLogged: true });
		return accepted;
	}

	private async resume(request: CallRequest, call: RememberedCall): Promise<Placement> {
		const { phoneNumber, callSid, status } = call;
		if (callSid !== undefined && status !== undefined) {
			return await this.logAccepted(request, call, callSid, status);
		}
		const found = await this.find(request, call, outcomeUnknown.earlierTry({ phoneNumber }));
		return await this.accepted(request, call, found);
	}

	/**
	 * @throws CallError `unclear` if PolyAI's list doesn't show it, or can't be read: never sent
	 * again
	 */
	private async find(
		request: CallRequest,
		call: RememberedCall,
		unclear: CallError,
	): Promise<AcceptedCall> {
		if (!request.find) throw unclear;
		const found = await request.find(call, this.records.register);
		if (!found) throw unclear.saying({ last: addedSentences.notInList() });
		return found;
	}

	/** Whatever happens to its row, the call was placed. */
	private async logAccepted(
		request: CallRequest,
		call: RememberedCall,
		callSid: string,
		status: CallStatus,
	): Promise<Placement> {
		const callLogProblem = await this.records.register?.accepted(request, call);
		return { ...call, callSid, status, callLogProblem };
	}

	private async failed(
		error: unknown,
		request: CallRequest,
		item: number,
		call: RememberedCall,
	): Promise<Skipped> {
		const { mark } = request;
		const { marks, register } = this.records;
		const why = error instanceof Skipped ? error.reason : (error as Error).message;
		const isKnownToBeUnplaced = error instanceof CallError && error.code !== 'outcomeUnknown';
		if (isKnownToBeUnplaced || error instanceof Skipped) {
			this.placed.notPlaced(item, call);
			if (mark) marks?.notPlaced(mark);
			await register?.notPlaced(request, call, why);
		} else {
			await register?.unclear(call, why);
		}
		if (error instanceof Skipped) return error;
		const { phoneNumber } = call;
		throw error instanceof CallError ? error.about({ phoneNumber }) : error;
	}

	private duplicate({ number: { phoneNumber }, skipDuplicates }: CallRequest): Skipped | undefined {
		if (!skipDuplicates || !this.placed.hasCalled(phoneNumber)) return undefined;
		return new Skipped('duplicateNumber', skipReasons.duplicateNumber({ phoneNumber }));
	}

	private now(): number {
		return this.session.sender.clock.now();
	}

	private nowAsText(): string {
		return new Date(this.now()).toISOString();
	}
}

function isUnclear(error: unknown): error is CallError {
	return error instanceof CallError && error.code === 'outcomeUnknown';
}

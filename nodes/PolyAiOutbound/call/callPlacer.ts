import type { IDataObject } from 'n8n-workflow';
import { CallError } from '../../shared/callError';
import {
	checkCallingHours,
	type CallingHoursAnswer,
} from '../../shared/callingHours/checkCallingHours';
import { isFinal, type CallStatus } from '../../shared/polyai/callStatus';
import type { Mark, SentMarks } from '../../shared/neverTwice/sentMarks';
import { explainForgottenOutcome, explainInterruptedOutcome } from '../../shared/polyai/explain';
import { placeCall } from '../../shared/sending/placeCall';
import type { LogWriter } from '../callLog/logWriter';
import type { Line } from '../run/openLine';
import type { PlacedCalls, RememberedCall } from '../run/placedCalls';
import { settle } from '../../shared/settle';
import type { Order } from './openCalling';

/** A call that was accepted. */
export interface Placement extends RememberedCall {
	callSid: string;
	status: CallStatus;
	/** Why it does not stand in the call log, where it should. */
	callLogProblem?: string;
}

/** A call that was deliberately not placed. */
export class Skipped {
	constructor(
		readonly skipReason: 'duplicateNumber' | 'outsideCallingHours',
		readonly reason: string,
		readonly nextAllowedAt?: string,
	) {}
}

/** Calls whose outcome is not known yet, for whoever asks for the same one meanwhile. */
const onTheirWay = new WeakMap<RememberedCall, Promise<Placement | Skipped>>();

/** Where the calls of a run are written down besides the execution itself. */
export interface Records {
	marks?: SentMarks;
	log?: Pick<LogWriter, 'write'>;
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
		const { phoneNumber } = order.number;
		const before = this.asked.get(phoneNumber) ?? 0;
		this.asked.set(phoneNumber, before + 1);
		const isLikely = !this.placed.recall(item, phoneNumber) && this.hoursNow(order).allowed;
		const occurrence = this.placed.timesCalledBefore(phoneNumber) + before;
		return this.records.marks?.expect(phoneNumber, occurrence, isLikely);
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
		const skipped = this.outsideHours(order) ?? this.duplicate(order);
		if (skipped) return skipped;
		const call: RememberedCall = { phoneNumber, country, triggeredAt: this.now() };
		this.placed.sending(item, call);
		const outcome = this.send(order, item, call);
		onTheirWay.set(call, outcome);
		return await outcome.finally(() => onTheirWay.delete(call));
	}

	private async send(
		order: Order,
		item: number,
		call: RememberedCall,
	): Promise<Placement | Skipped> {
		const { phoneNumber } = call;
		const { sender, account } = this.line;
		const result = await settle(async () => {
			return await placeCall(
				sender,
				account,
				{ phoneNumber, ...order.details },
				{
					retryServerErrors: order.retryServerErrors,
					beforeSending: async () => {
						await this.mark(order);
						this.stillInside(order, call);
					},
				},
			);
		});
		if ('error' in result) return await this.failed(result.error, order, item, call);
		const { callSid, status } = result.value;
		this.placed.accepted(call, callSid, status);
		const triggeredAt = Date.parse(call.triggeredAt);
		const { metadata, environment } = order.details;
		this.line.tracking.placed({ callSid, phoneNumber, triggeredAt, metadata, environment });
		return await this.written(order, call, callSid, status);
	}

	/** @throws CallError `outcomeUnknown` when a run that was cut off may have sent this call */
	private async mark({ mark }: Order): Promise<void> {
		if (!mark || !this.records.marks) return;
		await this.records.marks.write(mark);
		if (mark.isForeign) throw explainInterruptedOutcome();
	}

	private async asBefore(order: Order, call: RememberedCall): Promise<Placement> {
		const { phoneNumber, callSid, status } = call;
		if (callSid === undefined || status === undefined) {
			throw explainForgottenOutcome().about({ phoneNumber });
		}
		return await this.written(order, call, callSid, status);
	}

	/** Whatever becomes of its row, the call was placed. */
	private async written(
		{ details: { metadata } }: Order,
		call: RememberedCall,
		callSid: string,
		status: CallStatus,
	): Promise<Placement> {
		const { phoneNumber } = call;
		const triggeredAt = Date.parse(call.triggeredAt);
		const { log } = this.records;
		if (!log || call.isLogged) return { ...call, callSid, status };
		const row = { callSid, status, phoneNumber, triggeredAt, metadata };
		const callLogProblem = await log.write(row);
		call.isLogged = callLogProblem === undefined;
		return { ...call, callSid, status, callLogProblem };
	}

	/** The turn of a call may come long after it was looked at. */
	private stillInside(order: Order, call: RememberedCall): void {
		const skipped = this.outsideHours(order);
		if (skipped) throw skipped;
		call.triggeredAt = this.now();
	}

	private async failed(
		error: unknown,
		{ mark }: Order,
		item: number,
		call: RememberedCall,
	): Promise<Skipped> {
		const isKnownToBeUnplaced = error instanceof CallError && error.code !== 'outcomeUnknown';
		if (isKnownToBeUnplaced || error instanceof Skipped) {
			this.placed.notPlaced(item, call);
			if (mark) this.records.marks?.notPlaced(mark);
		}
		if (error instanceof Skipped) return error;
		const { phoneNumber } = call;
		throw error instanceof CallError ? error.about({ phoneNumber }) : error;
	}

	private outsideHours(order: Order): Skipped | undefined {
		const { phoneNumber } = order.number;
		const answer = this.hoursNow(order);
		if (answer.allowed) return undefined;
		if (order.hours?.whenOutside === 'skip') {
			return new Skipped('outsideCallingHours', answer.reason, answer.nextAllowedAt);
		}
		throw new CallError('notAllowed', `${phoneNumber} is outside its calling hours`, {
			phoneNumber,
			description: [answer.reason, answer.nextAllowedAt && `Next: ${answer.nextAllowedAt}`]
				.filter(Boolean)
				.join(' '),
		});
	}

	private hoursNow({ number, hours }: Order): CallingHoursAnswer {
		if (!hours) return { allowed: true };
		return checkCallingHours(number, hours.window, this.line.sender.clock.now());
	}

	private duplicate({ number: { phoneNumber }, skipDuplicates }: Order): Skipped | undefined {
		if (!skipDuplicates || !this.placed.hasCalled(phoneNumber)) return undefined;
		return new Skipped(
			'duplicateNumber',
			`${phoneNumber} stands in an earlier item of this execution.`,
		);
	}

	private now(): string {
		return new Date(this.line.sender.clock.now()).toISOString();
	}
}

/** The fields of the contract for an operation that places calls (design § 2). */
export function placementJson(
	order: Order,
	result: Placement | Skipped,
): IDataObject & { status: string } {
	const { phoneNumber, country } = order.number;
	const number = { phoneNumber, ...(country && { country }) };
	if (result instanceof Skipped) {
		return { status: 'skipped', isFinal: true, ...number, ...withoutEmpty({ ...result }) };
	}
	const { callSid, status, triggeredAt, callLogProblem } = result;
	return {
		...{ callSid, status, isFinal: isFinal(status), ...number, triggeredAt },
		...(callLogProblem && { callLogProblem }),
	};
}

function withoutEmpty(fields: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

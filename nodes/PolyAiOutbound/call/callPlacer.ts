import type { IDataObject } from 'n8n-workflow';
import { CallError } from '../../shared/callError';
import { checkCallingHours } from '../../shared/callingHours/checkCallingHours';
import { isFinal, type CallStatus } from '../../shared/polyai/callStatus';
import { explainForgottenOutcome } from '../../shared/polyai/explain';
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

/** Places the calls of one run, each at most once. */
export class CallPlacer {
	private readonly numbersTaken: Set<string>;

	constructor(
		private readonly line: Line,
		private readonly placed: PlacedCalls,
		private readonly log?: Pick<LogWriter, 'write'>,
	) {
		this.numbersTaken = new Set(placed.numbers());
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
		if (known) return await this.asBefore(order, known);
		const skipped = this.outsideHours(order) ?? this.duplicate(order);
		if (skipped) return skipped;
		this.numbersTaken.add(phoneNumber);
		const call: RememberedCall = { phoneNumber, country, triggeredAt: this.now() };
		this.placed.sending(item, call);
		const { sender, account } = this.line;
		const result = await settle(async () => {
			return await placeCall(
				sender,
				account,
				{ phoneNumber, ...order.details },
				{
					retryServerErrors: order.retryServerErrors,
					beforeSending: () => this.stillInside(order, call),
				},
			);
		});
		if ('value' in result) {
			const { callSid, status } = result.value;
			this.placed.accepted(call, callSid, status);
			const triggeredAt = Date.parse(call.triggeredAt);
			const { metadata, environment } = order.details;
			this.line.tracking.placed({ callSid, phoneNumber, triggeredAt, metadata, environment });
			return await this.written(order, call, callSid, status);
		}
		return await this.failed(result.error, item, call);
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
		if (!this.log || call.isLogged) return { ...call, callSid, status };
		const row = { callSid, status, phoneNumber, triggeredAt, metadata };
		const callLogProblem = await this.log.write(row);
		call.isLogged = callLogProblem === undefined;
		return { ...call, callSid, status, callLogProblem };
	}

	/** The turn of a call may come long after it was looked at. */
	private stillInside(order: Order, call: RememberedCall): void {
		const skipped = this.outsideHours(order);
		if (skipped) throw skipped;
		call.triggeredAt = this.now();
	}

	private async failed(error: unknown, item: number, call: RememberedCall): Promise<Skipped> {
		const isKnownToBeUnplaced = error instanceof CallError && error.code !== 'outcomeUnknown';
		if (isKnownToBeUnplaced || error instanceof Skipped) this.placed.notPlaced(item, call);
		if (error instanceof Skipped) return error;
		const { phoneNumber } = call;
		throw error instanceof CallError ? error.about({ phoneNumber }) : error;
	}

	private outsideHours({ number, hours }: Order): Skipped | undefined {
		if (!hours) return undefined;
		const { phoneNumber } = number;
		const answer = checkCallingHours(number, hours.window, this.line.sender.clock.now());
		if (answer.allowed) return undefined;
		if (hours.whenOutside === 'skip') {
			return new Skipped('outsideCallingHours', answer.reason, answer.nextAllowedAt);
		}
		throw new CallError('notAllowed', `${phoneNumber} is outside its calling hours`, {
			phoneNumber,
			description: [answer.reason, answer.nextAllowedAt && `Next: ${answer.nextAllowedAt}`]
				.filter(Boolean)
				.join(' '),
		});
	}

	private duplicate({ number: { phoneNumber }, skipDuplicates }: Order): Skipped | undefined {
		if (!skipDuplicates || !this.numbersTaken.has(phoneNumber)) return undefined;
		return new Skipped('duplicateNumber', `${phoneNumber} stands in an earlier item of this run.`);
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

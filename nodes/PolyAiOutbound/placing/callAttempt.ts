import { addedSentences } from '../../shared/errors/addedSentences';
import { CallError } from '../../shared/errors/callError';
import { outcomeUnknown } from '../../shared/errors/outcomeUnknown';
import { placeCall, type AcceptedCall } from '../../shared/polyai/placeCall';
import { toResult } from '../../shared/toResult';
import type { PlacedCalls, RememberedCall } from '../run/placedCalls';
import type { Session } from '../run/session';
import type { CallRequest } from './callRequest';
import { FinalChecks, FoundAgain, type Records } from './finalChecks';
import { Skipped, type Placement } from './placement';

/** What all calls of a run share. */
export interface PlacingRun {
	session: Session;
	placed: PlacedCalls;
	records: Records;
}

/** One call, from the last checks before it is sent to what is recorded about it. */
export class CallAttempt {
	constructor(
		private readonly run: PlacingRun,
		private readonly request: CallRequest,
		private readonly item: number,
		private readonly call: RememberedCall,
	) {}

	/** @throws CallError of the item */
	async send(): Promise<Placement | Skipped> {
		const result = await toResult(async () => await this.accept());
		if ('error' in result) return await this.failed(result.error);
		return await this.accepted(result.value);
	}

	/**
	 * An earlier try has placed the call, or may have: it isn't sent again.
	 *
	 * @throws CallError `outcomeUnknown` if that remains unknown
	 */
	async resume(): Promise<Placement> {
		const { phoneNumber, callSid, status } = this.call;
		if (callSid !== undefined && status !== undefined) {
			return await this.log({ callSid, status });
		}
		return await this.accepted(await this.find(outcomeUnknown.earlierTry({ phoneNumber })));
	}

	/** The call as PolyAI accepted it now, or in the run that this one repeats. */
	private async accept(): Promise<AcceptedCall> {
		const { request, call } = this;
		const { sender, account } = this.run.session;
		const finalChecks = new FinalChecks(this.run.records, sender.clock);
		const { retryServerErrors, details } = request;
		let isSent = false;
		const beforeSending = async () => {
			await finalChecks.pass(request, call);
			isSent = true;
		};
		const toPlace = { phoneNumber: call.phoneNumber, ...details };
		const sent = await toResult(async () => {
			return await placeCall(sender, account, toPlace, { retryServerErrors, beforeSending });
		});
		if ('value' in sent) return sent.value;
		if (isSent && isUnclear(sent.error)) return await this.find(sent.error);
		if (!(sent.error instanceof FoundAgain)) return await Promise.reject(sent.error);
		const { triggeredAt, ...accepted } = sent.error.call;
		Object.assign(call, { triggeredAt, isLogged: true });
		return accepted;
	}

	/**
	 * @throws CallError `unclear` if PolyAI's list doesn't show it, or can't be read: never sent
	 * again
	 */
	private async find(unclear: CallError): Promise<AcceptedCall> {
		if (!this.request.find) throw unclear;
		const found = await this.request.find(this.call, this.run.records.register);
		if (!found) throw unclear.saying({ last: addedSentences.notInList() });
		return found;
	}

	private async accepted(accepted: AcceptedCall): Promise<Placement> {
		const { session, placed } = this.run;
		const { callSid, status } = accepted;
		placed.accepted(this.call, callSid, status);
		const { phoneNumber } = this.call;
		const triggeredAt = Date.parse(this.call.triggeredAt);
		const { metadata, environment } = this.request.details;
		session.tracking.placed({ callSid, phoneNumber, triggeredAt, metadata, environment });
		return await this.log(accepted);
	}

	/** Whatever happens to its row, the call was placed. */
	private async log({ callSid, status }: AcceptedCall): Promise<Placement> {
		const { request, call } = this;
		const callLogProblem = await this.run.records.register?.accepted(request, call);
		return { ...call, callSid, status, callLogProblem };
	}

	private async failed(error: unknown): Promise<Skipped> {
		const { request, item, call } = this;
		const { marks, register } = this.run.records;
		const why = error instanceof Skipped ? error.reason : (error as Error).message;
		const isKnownToBeUnplaced = error instanceof CallError && !isUnclear(error);
		if (isKnownToBeUnplaced || error instanceof Skipped) {
			this.run.placed.notPlaced(item, call);
			if (request.mark) marks?.notPlaced(request.mark);
			await register?.notPlaced(request, call, why);
		} else {
			await register?.unclear(call, why);
		}
		if (error instanceof Skipped) return error;
		const { phoneNumber } = call;
		throw error instanceof CallError ? error.about({ phoneNumber }) : error;
	}
}

function isUnclear(error: unknown): error is CallError {
	return error instanceof CallError && error.code === 'outcomeUnknown';
}

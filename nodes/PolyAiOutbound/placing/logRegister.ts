import { addedSentences } from '../../shared/errors/addedSentences';
import { CallError } from '../../shared/errors/callError';
import { timedOut } from '../../shared/errors/timedOut';
import type { StoredRow } from '../../shared/callLog/logRow';
import { wasSent, type PlacedRows } from '../../shared/callLog/placedRows';
import { isBefore, isNot, type Condition } from '../../shared/dataTables/tableRows';
import { toResult } from '../../shared/toResult';
import type { Clock } from '../../shared/time/clock';
import type { CallRegister, Interrupted } from './callRegister';
import type { CallRequest } from './callRequest';
import { InterruptedCalls, type RepeatingRun } from './interruptedCalls';
import { alreadyCalled, type Skipped } from './placement';
import type { RememberedCall } from '../run/placedCalls';
import { afterOwnCall, calledRecently } from '../options/notCalledWithin';

/** What a run says about itself. */
export interface LoggingRun extends RepeatingRun {
	clock: Clock;
	signal?: AbortSignal;
}

/** What the log keeps of a call, and looks for before it. */
export type LoggedRequest = Pick<
	CallRequest,
	'details' | 'callKey' | 'notCalledWithin' | 'lastOwnCallAt'
>;

const DAY_MS = 24 * 60 * 60_000;

/** Writes the calls of a run into the call log. */
export class LogRegister implements CallRegister {
	private mostTries = Infinity;
	private readonly interrupted: InterruptedCalls;

	constructor(
		private readonly rows: PlacedRows,
		private readonly run: LoggingRun,
	) {
		this.interrupted = new InterruptedCalls(rows, this.place, run);
	}

	get place(): string {
		return `log ${this.rows.tableId}`;
	}

	/**
	 * Waits for an n8n that is restarting. If that takes too long once, the run's other calls no
	 * longer wait.
	 */
	async begin(request: LoggedRequest, call: RememberedCall): Promise<Skipped | undefined> {
		if (call.rowId !== undefined) return undefined;
		const begun = await toResult(async () => await this.writeRow(request, call));
		if ('value' in begun) return begun.value;
		throw this.run.signal?.aborted ? timedOut.stopped() : this.cannotBegin(begun.error);
	}

	async accepted(request: LoggedRequest, call: RememberedCall): Promise<string | undefined> {
		if (call.isLogged) return undefined;
		const { callSid, status, triggeredAt } = call as Required<RememberedCall>;
		const written = await toResult(async () => {
			// The option may have been added after an earlier try.
			const rowId = call.rowId ?? (await this.insert(request, call));
			const accepted = { callSid, status, triggeredAt };
			await this.rows.accepted(rowId, accepted, { mostTries: this.mostTries });
		});
		call.isLogged = 'value' in written;
		if ('value' in written) return undefined;
		this.mostTries = 1;
		return describeProblem(written.error);
	}

	async unclear({ rowId }: RememberedCall, why: string): Promise<void> {
		if (rowId === undefined) return;
		await toResult(async () => await this.rows.unclear(rowId, why, this.patienceUnlessStopped()));
	}

	async notPlaced(_: LoggedRequest, call: RememberedCall, why: string): Promise<void> {
		const { rowId } = call;
		if (rowId === undefined) return;
		delete call.rowId;
		const now = this.run.clock.now();
		const patience = this.patienceUnlessStopped();
		await toResult(async () => await this.rows.notPlaced(rowId, why, now, patience));
	}

	async isAnothers(callSid: string, { phoneNumber, rowId }: RememberedCall): Promise<boolean> {
		const since = this.run.clock.now() - DAY_MS;
		return await this.rows.isAnothers(callSid, phoneNumber, since, rowId);
	}

	async findInterrupted(call: RememberedCall): Promise<Interrupted> {
		return await this.interrupted.find(call);
	}

	/**
	 * If two executions write a row for the same call at the same moment, both see both rows: the
	 * first row gets the call.
	 */
	private async writeRow(
		request: LoggedRequest,
		call: RememberedCall,
	): Promise<Skipped | undefined> {
		const earlier = await this.lookForEarlier(request, call);
		if (earlier) return earlier;
		const id = await this.insert(request, call);
		const first = await this.lookForEarlier(request, call, id);
		if (first) await this.notPlaced(request, call, first.reason);
		return first;
	}

	/**
	 * For a call that is sent long after its row was written: others may have called the number since
	 * then. As in `begin` an earlier row comes first. Behind a later row without a call someone may be
	 * about to place one, or to give way to this row.
	 *
	 * @returns as `begin`; `undecided` if that is all that there is
	 */
	async lookForOthers(
		request: LoggedRequest,
		{ phoneNumber }: RememberedCall,
		rowId: number,
	): Promise<Skipped | 'undecided' | undefined> {
		const { notCalledWithin = 0 } = request;
		if (notCalledWithin === 0) return undefined;
		const others = await this.callsOfOthers(request, phoneNumber, [isNot('id' as const, rowId)]);
		const counting = others.find((row) => row.id < rowId || wasSent(row));
		if (counting) return calledRecently(counting, notCalledWithin);
		return others.length > 0 ? 'undecided' : undefined;
	}

	/** @param id of the row of this call */
	private async lookForEarlier(
		request: LoggedRequest,
		{ phoneNumber }: RememberedCall,
		id?: number,
	): Promise<Skipped | undefined> {
		const { callKey, notCalledWithin = 0 } = request;
		const first = callKey === undefined ? undefined : await this.rows.firstWith(callKey);
		if (callKey !== undefined && first && first.id !== id) {
			return alreadyCalled(callKey, first.callSid || undefined);
		}
		if (notCalledWithin === 0) return undefined;
		const earlier = id === undefined ? [] : [isBefore('id' as const, id)];
		const [latest] = await this.callsOfOthers(request, phoneNumber, earlier);
		return latest && calledRecently(latest, notCalledWithin);
	}

	/** Too recent calls to a number, the latest first. */
	private async callsOfOthers(
		{ notCalledWithin = 0, lastOwnCallAt }: LoggedRequest,
		phoneNumber: string,
		among: Array<Condition<'id'>>,
	): Promise<StoredRow[]> {
		const since = this.run.clock.now() - notCalledWithin;
		const recent = await this.rows.recentCalls(phoneNumber, since, among);
		return afterOwnCall(recent, lastOwnCallAt);
	}

	private async insert(request: LoggedRequest, call: RememberedCall): Promise<number> {
		const { workflowId, executionId, signal } = this.run;
		const { phoneNumber } = call;
		const { metadata, environment } = request.details;
		const triggeredAt = Date.parse(call.triggeredAt);
		const ofCall = { phoneNumber, triggeredAt, metadata, environment, callKey: request.callKey };
		const patience = { mostTries: this.mostTries, signal };
		const id = await this.rows.begin({ ...ofCall, workflowId, executionId }, patience);
		this.interrupted.wrote(id);
		call.rowId = id;
		return id;
	}

	/** After Stop no one waits for an n8n that is away: what a row lacks then changes no call. */
	private patienceUnlessStopped() {
		return { mostTries: this.run.signal?.aborted ? 1 : this.mostTries };
	}

	private cannotBegin(error: unknown): unknown {
		this.mostTries = 1;
		return error instanceof CallError ? error.notPlaced() : error;
	}
}

/** The most important thing comes first: no one has to be called again. */
function describeProblem(error: unknown): string {
	const why = error instanceof CallError ? error.inWords : `${(error as Error).message}.`;
	return `${addedSentences.notInCallLog()} ${why}`;
}

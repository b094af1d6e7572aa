import type { StoredRow } from '../../shared/callLog/logRow';
import type { PlacedRows } from '../../shared/callLog/placedRows';
import type { SentMarks } from '../../shared/crashRecovery/sentMarks';
import { readCallStatus } from '../../shared/polyai/callStatus';
import type { RememberedCall } from '../run/placedCalls';
import type { Interrupted } from './callRegister';

/** A run that may repeat another one. */
export interface RepeatingRun {
	workflowId: string;
	executionId: string;
	marks?: SentMarks;
}

/** What the call log knows about the calls of runs that were interrupted. */
export class InterruptedCalls {
	/** Rows of this execution, and earlier ones that it has found again. */
	private readonly accountedFor: Set<number>;
	private latestExecutions?: Promise<string[]>;

	constructor(
		private readonly rows: PlacedRows,
		private readonly place: string,
		private readonly run: RepeatingRun,
	) {
		this.accountedFor = rowsAccountedFor(run.executionId);
		run.marks?.signIns.signIn(place);
	}

	/** This execution has written a row itself. */
	wrote(rowId: number): void {
		this.accountedFor.add(rowId);
	}

	/**
	 * A row is in the log before its call is sent. So if the run that is repeated has written other
	 * rows but none for this call, the call wasn't sent. A second run of the same execution can't
	 * rely on that, as the first one may still be running.
	 */
	async find({ phoneNumber }: RememberedCall): Promise<Interrupted> {
		const { workflowId, executionId } = this.run;
		const rows = await this.rows.callsTo(phoneNumber, workflowId);
		const repeated = await this.repeatedExecutions(rows);
		const row = rows.find((one) => {
			return repeated.has(one.executionId ?? '') && !this.accountedFor.has(one.id);
		});
		if (row) this.accountedFor.add(row.id);
		if (row?.callSid) {
			const { callSid, status, triggeredAt } = row;
			return { callSid, status: readCallStatus(status), triggeredAt: triggeredAt ?? '' };
		}
		const hasEnded = [...repeated].some((id) => id !== executionId);
		return !row && hasEnded ? 'notSent' : 'unknown';
	}

	/** Only itself if this isn't a Retry. */
	private async repeatedExecutions(rows: StoredRow[]): Promise<Set<string>> {
		const { workflowId, executionId, marks } = this.run;
		if (!marks?.isRetry) return new Set([executionId]);
		this.latestExecutions ??= this.rows.latestExecutions(workflowId);
		const written = rows.map((row) => row.executionId ?? '');
		const candidates = new Set([executionId, ...written, ...(await this.latestExecutions)]);
		return await marks.signIns.signedIn(this.place, [...candidates]);
	}
}

/** By execution, across its nodes and runs. */
const accountedFor = new Map<string, Set<number>>();

const MOST_EXECUTIONS = 1000;

function rowsAccountedFor(executionId: string): Set<number> {
	const rows = accountedFor.get(executionId) ?? new Set();
	accountedFor.set(executionId, rows);
	if (accountedFor.size > MOST_EXECUTIONS) {
		accountedFor.delete(accountedFor.keys().next().value as string);
	}
	return rows;
}

import type { Stored, TableRows } from '../dataTables/tableRows';
import type { TableKind } from '../dataTables/tables';
import { ENVIRONMENTS } from '../polyai/environment';
import type { CallEnd, TrackedCall } from '../tracking/trackedCall';

/** The columns of a call log, in the order in which its table shows them (design § 4). */
export const COLUMNS = [
	'callSid',
	'status',
	'phoneNumber',
	'reason',
	'triggeredAt',
	'finishedAt',
	'workflowId',
	'executionId',
	'metadata',
	'callKey',
	'environment',
] as const;

/** A row as n8n stores it: all columns are texts, times are ISO 8601 in UTC, an empty cell is null. */
export type LogRow = Record<(typeof COLUMNS)[number], string | null>;

export type StoredRow = Stored<LogRow>;

export type LogTable = TableRows<LogRow>;

export const CALL_LOG: TableKind = { purpose: 'call log', field: 'Call Log', columns: COLUMNS };

/** The end of a call, and since when somebody is reporting it. */
export interface Claim {
	status: CallEnd['status'];
	reason?: string;
	/** Milliseconds since 1970 */
	since: number;
}

/** A call of a log. */
export type LoggedCall = Omit<TrackedCall, 'account' | 'end'> & { status: string };

/** What is known of a call before it is sent. */
export type CallToLog = Omit<LoggedCall, 'callSid' | 'status'> & { callKey?: string };

/** The row of a call of which nobody knows yet whether it was placed. */
export function rowOf(call: CallToLog): LogRow {
	const { phoneNumber, triggeredAt, workflowId, executionId, metadata, callKey, environment } =
		call;
	return {
		callSid: null,
		status: 'unknown',
		phoneNumber,
		reason: null,
		triggeredAt: new Date(triggeredAt).toISOString(),
		finishedAt: null,
		workflowId,
		executionId,
		metadata: metadata ? JSON.stringify(metadata) : null,
		callKey: callKey ?? null,
		environment: environment ?? null,
	};
}

/**
 * The call of a row.
 *
 * @param row as n8n gives it, where a person may have changed any cell
 * @param now milliseconds since 1970, for a row without a time
 */
export function callOf(row: Partial<LogRow>, now: number): LoggedCall {
	const text = (name: keyof LogRow) => String(row[name] ?? '');
	const triggeredAt = Date.parse(text('triggeredAt'));
	const metadata = readMetadata(text('metadata'));
	const environment = ENVIRONMENTS.find((one) => one === text('environment'));
	return {
		callSid: text('callSid'),
		status: text('status'),
		phoneNumber: text('phoneNumber'),
		triggeredAt: Number.isNaN(triggeredAt) ? now : triggeredAt,
		workflowId: text('workflowId'),
		executionId: text('executionId'),
		...(metadata && { metadata }),
		...(environment && { environment }),
	};
}

function readMetadata(text: string): Record<string, string> | undefined {
	try {
		return (JSON.parse(text || 'null') as Record<string, string> | null) ?? undefined;
	} catch {
		return undefined;
	}
}

const MARK = /^(.*?) ?\(being reported since (\S+)\)$/s;

/** What stands under `reason` while a call is being reported: a person may read it, too. */
export function writeMark({ reason = '', since }: Claim): string {
	return `${reason} (being reported since ${new Date(since).toISOString()})`.trimStart();
}

/** The claim that a row bears. */
export function readMark({ status, reason }: Partial<LogRow>): Claim | undefined {
	const [, before, time = ''] = MARK.exec(reason ?? '') ?? [];
	const since = Date.parse(time);
	if (Number.isNaN(since)) return undefined;
	return { status: status as Claim['status'], since, ...(before && { reason: before }) };
}

import type { Stored, TableRows } from '../dataTables/tableRows';
import type { TableKind } from '../dataTables/tables';
import { parseJson } from '../parseJson';
import { ENVIRONMENTS } from '../polyai/environment';
import type { CallEnd, TrackedCall } from '../tracking/trackedCall';

/** The columns of a call log, in the order in which its table shows them (docs/design.md § 4). */
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
	'claim',
] as const;

/** A row as n8n stores it: all columns are texts, times are ISO 8601 in UTC, an empty cell is null. */
export type LogRow = Record<(typeof COLUMNS)[number], string | null>;

export type StoredRow = Stored<LogRow>;

export type LogTable = TableRows<LogRow>;

export const CALL_LOG: TableKind = { purpose: 'call log', field: 'Call Log', columns: COLUMNS };

/** A call in a log; people may have emptied any cell except its SID. */
export type LoggedCall = Omit<TrackedCall, 'account' | 'end' | 'triggeredAt'> & {
	triggeredAt?: number;
};

/** What is known about a call before it is sent. */
export type CallToLog = Omit<TrackedCall, 'account' | 'end' | 'callSid'> & { callKey?: string };

/** The row of a call for which it isn't known yet whether it was placed. */
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
		claim: null,
	};
}

/** @param row as n8n returns it; people may have changed any cell */
export function callOf(row: Partial<LogRow>): LoggedCall {
	const text = (name: keyof LogRow) => String(row[name] ?? '');
	const triggeredAt = Date.parse(text('triggeredAt'));
	const metadata = parseJson(text('metadata')) as Record<string, string> | null | undefined;
	const environment = ENVIRONMENTS.find((one) => one === text('environment'));
	return {
		callSid: text('callSid'),
		phoneNumber: text('phoneNumber'),
		workflowId: text('workflowId'),
		executionId: text('executionId'),
		...(!Number.isNaN(triggeredAt) && { triggeredAt }),
		...(metadata && { metadata }),
		...(environment && { environment }),
	};
}

/** The end that a row records. */
export function endOfRow({ status, reason, finishedAt }: LogRow): CallEnd {
	return {
		status: status as CallEnd['status'],
		finishedAt: Date.parse(finishedAt ?? ''),
		...(reason && { reason }),
	};
}

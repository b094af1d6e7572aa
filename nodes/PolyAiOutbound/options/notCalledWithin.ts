import type { IDataObject } from 'n8n-workflow';
import type { StoredRow } from '../../shared/callLog/logRow';
import { CallError } from '../../shared/callError';
import { Skipped } from '../placing/placement';
import { numberOption } from '../../n8n/option';

const HOUR_MS = 60 * 60_000;
const HOURS_OF_A_YEAR = 8760;

export const notCalledWithin = numberOption({
	displayName: 'Not Called Within (Hours)',
	name: 'notCalledWithin',
	default: 0,
	min: 0,
	max: HOURS_OF_A_YEAR,
	description:
		"How many hours must have passed since the last call to the same number, by whichever workflow with the same 'Call Log'. Earlier, the item comes out with status skipped. Default: 0, which means no limit.",
});

/**
 * Milliseconds, 0 for no limit.
 *
 * @throws CallError `badRequest` where there is no call log, by which it is told
 */
export function readNotCalledWithin(options: IDataObject, hasLog: boolean): number {
	const hours = notCalledWithin.read(options);
	if (hours === 0 || hasLog) return hours * HOUR_MS;
	throw new CallError('badRequest', "'Not Called Within' needs a call log", {
		description:
			'Add the option Call Log. All workflows with the same table know of each other’s calls.',
	});
}

/** @param within milliseconds that have to pass after the call of the row */
export function calledRecently(row: StoredRow, within: number): Skipped {
	const { phoneNumber, triggeredAt } = row;
	const at = Date.parse(triggeredAt ?? '');
	if (Number.isNaN(at)) {
		// Somebody has edited the cell.
		return new Skipped(
			'calledRecently',
			`${phoneNumber} was called, and “${triggeredAt}” is no time.`,
		);
	}
	const nextAllowedAt = new Date(at + within).toISOString();
	const minute = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
	const reason = `${phoneNumber} was last called at ${minute} UTC.`;
	return new Skipped('calledRecently', reason, { nextAllowedAt });
}

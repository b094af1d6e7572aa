import type { IDataObject } from 'n8n-workflow';
import type { StoredRow } from '../../shared/callLog/logRow';
import { badRequest } from '../../shared/errors/badRequest';
import { skipReasons } from '../../shared/errors/skipReasons';
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
		"Minimum number of hours since the last call to the same number, across all workflows with the same 'Call Log'. Until then, its items come out with the status skipped. Default: 0, which means no limit.",
});

/**
 * Milliseconds, 0 for no limit.
 *
 * @throws CallError `badRequest` without a call log, which it needs
 */
export function readNotCalledWithin(options: IDataObject, hasLog: boolean): number {
	const hours = notCalledWithin.read(options);
	if (hours === 0 || hasLog) return hours * HOUR_MS;
	throw badRequest.notCalledWithinWithoutLog();
}

/**
 * Of a log's rows for a number, those that came after the row of a campaign's last call to it: what
 * was there before has held back that call, or is the campaign's own. Times don't tell, as another
 * workflow writes its row only after it has looked at the clock.
 *
 * @param lastOwnCallAt milliseconds since 1970, as in the row of that call; without that row all count
 */
export function afterOwnCall(rows: readonly StoredRow[], lastOwnCallAt?: number): StoredRow[] {
	if (lastOwnCallAt === undefined) return [...rows];
	const at = new Date(lastOwnCallAt).toISOString();
	const sameTime = rows.filter(({ triggeredAt }) => triggeredAt === at);
	// Behind another's row the campaign would not have called.
	const ownId = Math.min(...sameTime.map(({ id }) => id));
	return sameTime.length === 0 ? [...rows] : rows.filter(({ id }) => id > ownId);
}

/** @param within milliseconds that have to pass after the call of the row */
export function calledRecently(row: StoredRow, within: number): Skipped {
	const phoneNumber = row.phoneNumber ?? '';
	const triggeredAt = row.triggeredAt ?? '';
	const at = Date.parse(triggeredAt);
	if (Number.isNaN(at)) {
		// Someone has edited the cell.
		const unknownTime = skipReasons.calledAtNoTime({ phoneNumber, triggeredAt });
		return new Skipped('calledRecently', unknownTime);
	}
	const nextAllowedAt = new Date(at + within).toISOString();
	const minute = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
	const reason = skipReasons.lastCalled({ phoneNumber, minute });
	return new Skipped('calledRecently', reason, { nextAllowedAt });
}

import type { Stored, TableRows } from '../dataTables/tableRows';
import type { TableKind } from '../dataTables/tables';
import { isoTime } from '../time/isoTime';
import { withoutAbsent } from '../withoutAbsent';

/** The columns of a campaign, in the order in which its table shows them (docs/design.md § 6). */
export const COLUMNS = [
	'person',
	'phoneNumber',
	'state',
	'outcome',
	'attempts',
	'nextCallAt',
	'callUntil',
	'callSid',
	'status',
	'reason',
	'lastCallAt',
	'endedAt',
	'metadata',
	'environment',
	'claim',
] as const;

/** A row as n8n stores it: all columns are texts, times are ISO 8601 in UTC, an empty cell is null. */
export type CampaignRow = Record<(typeof COLUMNS)[number], string | null>;

export type StoredPerson = Stored<CampaignRow>;

export type CampaignTable = TableRows<CampaignRow>;

export const CAMPAIGN: TableKind = { purpose: 'campaign', field: 'Campaign', columns: COLUMNS };

/**
 * How a campaign has ended for a person. `expired`: no call was possible before 'callUntil', or within two
 * weeks. `refused`: the number can't be called. `unclear`: it isn't known whether the last call took place.
 */
export type CampaignOutcome =
	| 'reached'
	| 'notReached'
	| 'expired'
	| 'stopped'
	| 'refused'
	| 'unclear';

/**
 * How many calls to a person were placed, or may have been. A cell that someone has edited into
 * something else counts as too many: it never leads to another call.
 */
export function attemptsOf({ attempts }: CampaignRow): number {
	const count = Number(attempts ?? 0);
	return Number.isInteger(count) && count >= 0 ? count : Infinity;
}

/** @returns milliseconds since 1970; undefined for an empty cell, NaN for one that is no time */
export function timeIn(cell: string | null): number | undefined {
	return cell === null || cell.trim() === '' ? undefined : Date.parse(cell);
}

/** @param cell JSON of names and values */
export function metadataIn(cell: string | null): Record<string, string> | undefined {
	try {
		return (JSON.parse(cell || 'null') as Record<string, string> | null) ?? undefined;
	} catch {
		return undefined;
	}
}

/** What comes out for a person whose campaign has ended (docs/design.md § 6). */
export function toPersonOutput(row: CampaignRow) {
	const { person, phoneNumber, outcome, callSid, status, reason, endedAt } = row;
	const attempts = attemptsOf(row);
	return withoutAbsent({
		person: person ?? '',
		phoneNumber: phoneNumber ?? '',
		outcome: outcome ?? '',
		attempts: Number.isFinite(attempts) ? attempts : undefined,
		callSid: callSid || undefined,
		status: status || undefined,
		reason: reason || undefined,
		metadata: metadataIn(row.metadata),
		endedAt: isoTime(timeIn(endedAt)),
	});
}

import type { Stored, TableRows } from '../dataTables/tableRows';
import type { TableKind } from '../dataTables/tables';
import { isRecord } from '../isRecord';
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

/** A person whom the campaign hasn't called yet. */
export const NOT_CALLED_YET = {
	state: 'waiting',
	outcome: null,
	attempts: '0',
	callSid: null,
	status: null,
	reason: null,
	lastCallAt: null,
	endedAt: null,
	environment: null,
	claim: null,
} as const satisfies Partial<CampaignRow>;

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

/** @returns undefined for an empty cell, null for one that isn't a JSON object of names and texts */
export function metadataIn(cell: string | null): Record<string, string> | undefined | null {
	if (cell === null || cell.trim() === '') return undefined;
	try {
		const metadata = JSON.parse(cell) as unknown;
		const isMap =
			isRecord(metadata) && Object.values(metadata).every((one) => typeof one === 'string');
		return isMap ? (metadata as Record<string, string>) : null;
	} catch {
		return null;
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
		metadata: metadataIn(row.metadata) ?? undefined,
		endedAt: isoTime(timeIn(endedAt)),
	});
}

import { writeClaim } from '../dataTables/claim';
import { is, type Condition } from '../dataTables/tableRows';
import type { Clock } from '../time/clock';
import { toResult } from '../toResult';
import type { CampaignRow, CampaignTable, StoredPerson } from './campaignRow';

export type Changes = Partial<CampaignRow>;

/**
 * The rows of a campaign, each of which changes hands only by an update that n8n makes if no one has
 * changed the row since it was read (docs/design.md § 6).
 */
export class PersonRows {
	constructor(
		protected readonly table: CampaignTable,
		protected readonly clock: Clock,
		private readonly random: () => number,
	) {}

	/**
	 * Changes a row if it is still as it was read. Where the answer is lost the row itself says who
	 * was faster: no one else writes the same claim.
	 *
	 * @returns the row as it was right after that; undefined if someone else was faster
	 */
	protected async change(row: StoredPerson, changes: Changes): Promise<StoredPerson | undefined> {
		const asRead: Array<Condition<keyof CampaignRow | 'id'>> = [is('id', row.id)];
		const watched: Changes = {};
		for (const column of WATCHED) {
			asRead.push(is(column, row[column]));
			watched[column] = row[column];
		}
		const changed = await toResult(async () => await this.table.changeOnce(asRead, changes));
		if ('value' in changed) return changed.value[0];
		const [now] = await this.table.some([is('id', row.id)], 1, 'id:asc');
		// Someone may have stopped the person since then: the next change has to notice that.
		return now && hasAll(now, changes) ? { ...now, ...watched, ...changes } : undefined;
	}

	/**
	 * Changes a row whoever changes it in the meantime.
	 *
	 * @param changesFor undefined for a row that stays as it is
	 * @returns the row as it is then
	 */
	protected async persist(
		row: StoredPerson,
		changesFor: (row: StoredPerson) => Changes | undefined,
	): Promise<StoredPerson> {
		for (let known = row; ; ) {
			const changes = changesFor(known);
			const changed = changes ? await this.change(known, changes) : known;
			if (changed) return changed;
			const [now] = await this.table.some([is('id', row.id)], 1, 'id:asc');
			// Someone has deleted it.
			if (!now) return known;
			known = now;
		}
	}

	protected newClaim(): string {
		return writeClaim(this.clock.now(), this.random);
	}

	protected nowAsText(): string {
		return new Date(this.clock.now()).toISOString();
	}
}

/** What must not have changed since a row was read, by whomever. */
const WATCHED = [
	'phoneNumber',
	'state',
	'outcome',
	'attempts',
	'nextCallAt',
	'callUntil',
	'claim',
] as const;

function hasAll(row: StoredPerson, changes: Changes): boolean {
	return Object.entries(changes).every(([name, value]) => row[name as keyof CampaignRow] === value);
}

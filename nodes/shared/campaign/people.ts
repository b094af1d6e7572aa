import { is } from '../dataTables/tableRows';
import type { CampaignRow, StoredPerson } from './campaignRow';
import { PersonRows } from './personRows';
import { startingOverAt, timeOfStartOver } from './startOver';

/** n8n gives no more rows at once. */
const ONE_PAGE = 250;

/** In place of a claim, for an end that the next run is to put out. */
const NOBODYS = 'to be put out';

/** The people of a campaign, as those use it who add, list and stop them. */
export class People extends PersonRows {
	/**
	 * Puts a person into the campaign who isn't there yet. Of two that do so at the same moment one succeeds.
	 *
	 * @returns the row of the person, and whether it is a new one
	 */
	async add(row: CampaignRow): Promise<{ row: StoredPerson; isNew: boolean }> {
		const samePerson = [is('person', row.person)];
		const [known] = await this.table.some(samePerson, 1, 'id:asc');
		if (known) return { row: known, isNew: false };
		const id = await this.table.insert(row, samePerson);
		const [first] = await this.table.some(samePerson, 1, 'id:asc');
		if (!first || first.id === id) return { row: first ?? { ...row, id }, isNew: true };
		await this.table.remove([is('id', id)]);
		return { row: first, isNew: false };
	}

	/** Changes what is known of a person, also during a call. @returns the row as it is then */
	async update(
		row: StoredPerson,
		{ phoneNumber, metadata, callUntil, nextCallAt }: CampaignRow,
	): Promise<StoredPerson> {
		const changes = { phoneNumber, metadata, callUntil };
		return await this.persist(row, ({ state, attempts }) => {
			// A person who was called before waits as long as was planned then.
			const isNew = state === 'waiting' && attempts === '0';
			return isNew ? { ...changes, nextCallAt } : changes;
		});
	}

	/**
	 * Begins anew with a person, unless a call is in progress. An end that hasn't been put out yet is
	 * put out first.
	 *
	 * @returns the row as it is once that is done
	 */
	async startOver(row: StoredPerson, anew: CampaignRow): Promise<StoredPerson> {
		const { phoneNumber, metadata, callUntil } = anew;
		const afterEnd = { phoneNumber, metadata, callUntil };
		const now = await this.persist(row, ({ state, claim }) => {
			if (!claim) return state === 'calling' ? undefined : anew;
			if (state !== 'ended') return undefined;
			return { ...afterEnd, nextCallAt: startingOverAt(anew.nextCallAt) };
		});
		return timeOfStartOver(now) === undefined ? now : { ...now, state: 'waiting' };
	}

	/** By the name of the person, or by the number in E.164. */
	async find(who: string): Promise<StoredPerson[]> {
		return await this.table.all([is('person', who), is('phoneNumber', who)], 'or');
	}

	/** @param states none for all */
	async list(states: readonly string[], limit: number): Promise<StoredPerson[]> {
		const conditions = states.map((state) => is('state' as const, state));
		if (limit <= ONE_PAGE && states.length <= 1) {
			return await this.table.some(conditions, limit, 'id:asc');
		}
		const type = states.length > 0 ? 'or' : 'and';
		return (await this.table.all(conditions, type)).slice(0, limit);
	}

	/**
	 * Calls a person no more. A call in progress goes on, and the campaign ends for the person with it.
	 *
	 * @returns false when the campaign had ended for the person before
	 */
	async stop(row: StoredPerson): Promise<boolean> {
		let hadEnded = false;
		await this.persist(row, (known) => {
			const { state, claim } = known;
			const startsOver = timeOfStartOver(known) !== undefined;
			hadEnded = state === 'ended' && !startsOver;
			if (startsOver) return { nextCallAt: null };
			if (hadEnded) return undefined;
			const outcome = 'stopped';
			// A claim says so as well, whatever someone has made of the state.
			if (state === 'calling' || claim) return { outcome };
			const endedAt = this.nowAsText();
			return { outcome, state: 'ended', nextCallAt: null, endedAt, claim: NOBODYS };
		});
		return !hadEnded;
	}
}

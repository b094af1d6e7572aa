import { claimedAt, writeClaim } from '../dataTables/claim';
import { is, isAfter, isBefore, isFilled, type Condition } from '../dataTables/tableRows';
import type { CallStatus } from '../polyai/callStatus';
import { toResult } from '../toResult';
import type { Clock } from '../time/clock';
import {
	attemptsOf,
	type CampaignOutcome,
	type CampaignRow,
	type CampaignTable,
	type StoredPerson,
} from './campaignRow';

/**
 * The longest that a call is on its way to PolyAI, waiting for a rate limit and writing its row included. An
 * older claim is that of a process that has died.
 */
export const LONGEST_CLAIM_MS = 15 * 60_000;

/** How the campaign ends for a person, or a call of it. */
export interface Ending {
	outcome: CampaignOutcome;
	reason?: string;
	status?: CallStatus;
}

type Changes = Partial<CampaignRow>;

/** As texts are sorted: digits come before words. */
const AFTER_ALL_TIMES = '3';

/** In place of a claim, for an end that the next run is to put out. */
const NOBODYS = 'to be put out';

/**
 * The people of a campaign in their data table (docs/design.md § 6). A row changes hands only by an
 * update that n8n makes if no one has changed the row since it was read: so several runs, in
 * whichever process, never place one person's call twice.
 */
export class Campaign {
	constructor(
		private readonly table: CampaignTable,
		private readonly clock: Clock,
		private readonly random: () => number,
	) {}

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

	/** Begins anew with a person, unless a call is in progress. @returns the row as it is then */
	async startOver(row: StoredPerson, anew: CampaignRow): Promise<StoredPerson> {
		return await this.persist(row, ({ state }) => (state === 'calling' ? undefined : anew));
	}

	/** By the name of the person, or by the number in E.164. */
	async find(who: string): Promise<StoredPerson[]> {
		return await this.table.all([is('person', who), is('phoneNumber', who)], 'or');
	}

	/** @param states none for all */
	async people(states: readonly string[], limit: number): Promise<StoredPerson[]> {
		const conditions = states.map((state) => is('state' as const, state));
		const type = states.length > 0 ? 'or' : 'and';
		return (await this.table.all(conditions, type)).slice(0, limit);
	}

	/**
	 * Rows to look after whatever the time: calls that haven't ended, ends that weren't put out yet,
	 * and people who would never be due, since someone has written words into 'nextCallAt'.
	 */
	async open(): Promise<StoredPerson[]> {
		const isNoTime = isAfter('nextCallAt', AFTER_ALL_TIMES);
		return await this.table.all([is('state', 'calling'), isFilled('claim'), isNoTime], 'or');
	}

	async countCalling(): Promise<number> {
		return (await this.table.all([is('state', 'calling')])).length;
	}

	/** People who are to be called now, in the order in which they are due. */
	async due(limit: number): Promise<StoredPerson[]> {
		const now = new Date(this.clock.now()).toISOString();
		const isWaiting = [is('state', 'waiting'), is('claim', null)];
		// A person whose cell was emptied isn't due: so people can be paused.
		const isDue = [isAfter('nextCallAt', ''), isBefore('nextCallAt', now)];
		return await this.table.some([...isWaiting, ...isDue], limit, 'nextCallAt:asc');
	}

	/**
	 * Takes a person for a call that is about to be sent.
	 *
	 * @returns the row as it is then; undefined when someone else was faster, or has changed it
	 */
	async claim(
		row: StoredPerson,
		environment: string | undefined,
	): Promise<StoredPerson | undefined> {
		return await this.change(row, {
			state: 'calling',
			attempts: String(attemptsOf(row) + 1),
			nextCallAt: null,
			lastCallAt: this.nowAsText(),
			callSid: null,
			status: 'unknown',
			reason: null,
			environment: environment ?? null,
			claim: this.newClaim(),
		});
	}

	/** Makes a claim young again, before a call is sent once more. @returns as `claim` */
	async renew(row: StoredPerson): Promise<StoredPerson | undefined> {
		return await this.change(row, { claim: this.newClaim(), lastCallAt: this.nowAsText() });
	}

	/** PolyAI has accepted the call. Tried again while n8n is away: it is the only trace of the call. */
	async placed(
		{ id, claim }: StoredPerson,
		{ callSid, status }: { callSid: string; status: CallStatus },
	): Promise<void> {
		await this.table.change([is('id', id), is('claim', claim)], { callSid, status });
	}

	/** The call that was claimed was certainly not placed. @param before the row as it was then */
	async release(row: StoredPerson, before: StoredPerson): Promise<void> {
		const { state, attempts, nextCallAt, lastCallAt, callSid, status, reason } = before;
		const asBefore = { state, attempts, nextCallAt, lastCallAt, callSid, status, reason };
		const mine = [is('id', row.id), is('claim', row.claim)];
		await this.table.change(mine, { ...asBefore, claim: null });
	}

	/** Someone has emptied the cell, for which n8n leaves an empty text: the person waits as before. */
	async clearClaim(row: StoredPerson): Promise<void> {
		await this.change(row, { claim: null });
	}

	/** @param nextCallAt milliseconds since 1970 @returns whether no one else has changed the row */
	async wait(row: StoredPerson, nextCallAt: number, call: Changes = {}): Promise<boolean> {
		const time = new Date(nextCallAt).toISOString();
		const changes = { ...call, state: 'waiting', nextCallAt: time, claim: null };
		return (await this.change(row, changes)) !== undefined;
	}

	/** @returns the row as it is then, to be put out and closed; undefined as for `claim` */
	async end(
		row: StoredPerson,
		{ outcome, reason, status }: Ending,
	): Promise<StoredPerson | undefined> {
		return await this.change(row, {
			state: 'ended',
			outcome,
			reason: reason ?? null,
			...(status && { status }),
			nextCallAt: null,
			endedAt: this.nowAsText(),
			claim: this.newClaim(),
		});
	}

	/**
	 * Calls a person no more. A call in progress goes on, and the campaign ends for the person with it.
	 *
	 * @returns false when the campaign had ended for the person before
	 */
	async stop(row: StoredPerson): Promise<boolean> {
		let hadEnded = false;
		await this.persist(row, ({ state }) => {
			hadEnded = state === 'ended';
			if (hadEnded) return undefined;
			const outcome = 'stopped';
			if (state === 'calling') return { outcome };
			const endedAt = this.nowAsText();
			return { outcome, state: 'ended', nextCallAt: null, endedAt, claim: NOBODYS };
		});
		return !hadEnded;
	}

	/** Takes over an end that no one has put out. @returns as `end` */
	async takeOver(row: StoredPerson): Promise<StoredPerson | undefined> {
		return await this.change(row, { claim: this.newClaim() });
	}

	/** To be done as soon as an end was put out. */
	async close({ id, claim }: StoredPerson): Promise<void> {
		await this.table.change([is('id', id), is('claim', claim), is('state', 'ended')], {
			claim: null,
		});
	}

	/** Whether whoever has claimed a row must have died since. */
	isAbandoned({ claim }: StoredPerson): boolean {
		const since = claimedAt(claim);
		// In the future after a clock was set back.
		return since === undefined || Math.abs(this.clock.now() - since) >= LONGEST_CLAIM_MS;
	}

	/**
	 * Changes a row if it is still as it was read. Where the answer is lost the row itself says who
	 * was faster: no one else writes the same claim.
	 */
	private async change(row: StoredPerson, changes: Changes): Promise<StoredPerson | undefined> {
		const asRead: Array<Condition<keyof CampaignRow | 'id'>> = [is('id', row.id)];
		for (const column of WATCHED) asRead.push(is(column, row[column]));
		const changed = await toResult(async () => await this.table.changeOnce(asRead, changes));
		if ('value' in changed) return changed.value[0];
		const [now] = await this.table.some([is('id', row.id)], 1, 'id:asc');
		return now && hasAll(now, changes) ? now : undefined;
	}

	/**
	 * Changes a row whoever changes it in the meantime.
	 *
	 * @param changesFor undefined for a row that stays as it is
	 * @returns the row as it is then
	 */
	private async persist(
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

	private newClaim(): string {
		return writeClaim(this.clock.now(), this.random);
	}

	private nowAsText(): string {
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

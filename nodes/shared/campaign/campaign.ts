import { claimedAt } from '../dataTables/claim';
import { is, isAfter, isBefore, isFilled } from '../dataTables/tableRows';
import type { CallStatus } from '../polyai/callStatus';
import {
	attemptsOf,
	NOT_CALLED_YET,
	timeIn,
	type CampaignOutcome,
	type StoredPerson,
} from './campaignRow';
import { PersonRows, type Changes } from './personRows';

/**
 * The longest that a call takes to reach PolyAI, including waiting for a rate limit and writing its
 * row. An older claim belongs to a process that has crashed.
 */
export const LONGEST_CLAIM_MS = 15 * 60_000;

/** How the campaign ends for a person, or a call of it. */
export interface Ending {
	outcome: CampaignOutcome;
	reason?: string;
	status?: CallStatus;
}

/** As texts are sorted: behind it are words, and dates that begin with the day. */
const AFTER_ALL_TIMES = '2100';

/**
 * The people of a campaign, as its runs use them (docs/design.md § 6): several, in whichever process, never place
 * one person's call twice.
 */
export class Campaign extends PersonRows {
	/**
	 * Rows to handle at any time: calls that haven't ended, ends that haven't been reported, people
	 * with whom to start over, and people who would never be due because someone has written words
	 * into 'nextCallAt'.
	 */
	async open(): Promise<StoredPerson[]> {
		const isNoTime = isAfter('nextCallAt', AFTER_ALL_TIMES);
		return await this.table.all([is('state', 'calling'), isFilled('claim'), isNoTime], 'or');
	}

	/** Calls in progress; a claim counts whatever someone has made of the row's state. */
	async countCalling(): Promise<number> {
		const rows = await this.table.all([is('state', 'calling'), isFilled('claim')], 'or');
		return rows.filter(({ state }) => state !== 'ended').length;
	}

	/** People who are to be called now, in the order in which they are due. */
	async due(limit: number): Promise<StoredPerson[]> {
		const now = new Date(this.clock.now()).toISOString();
		const isWaiting = [is('state', 'waiting'), is('claim', null)];
		// A person whose cell is empty isn't due, so that people can be paused.
		const isDue = [isAfter('nextCallAt', ''), isBefore('nextCallAt', now)];
		return await this.table.some([...isWaiting, ...isDue], limit, 'nextCallAt:asc');
	}

	/**
	 * Claims a person for a call that is about to be sent.
	 *
	 * @returns the updated row; undefined if someone else was faster, or has changed it
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

	/** Renews a claim before a call is sent again. @returns as `claim` */
	async renew(row: StoredPerson): Promise<StoredPerson | undefined> {
		return await this.change(row, { claim: this.newClaim(), lastCallAt: this.nowAsText() });
	}

	/**
	 * PolyAI has accepted the call. Tried again while n8n is away: it is the only trace of the call. The row is that of
	 * the call also where someone has emptied its claim.
	 */
	async placed(
		{ id, lastCallAt }: StoredPerson,
		{ callSid, status }: { callSid: string; status: CallStatus },
	): Promise<void> {
		await this.table.change([is('id', id), is('lastCallAt', lastCallAt)], { callSid, status });
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

	/** Takes over an end that no one has reported. @returns as `end` */
	async takeOver(row: StoredPerson): Promise<StoredPerson | undefined> {
		return await this.change(row, { claim: this.newClaim() });
	}

	/** Begins anew with someone whose end has been reported. @param nextCallAt ISO 8601 */
	async startOver(row: StoredPerson, nextCallAt: string): Promise<void> {
		await this.change(row, { ...NOT_CALLED_YET, nextCallAt });
	}

	/** To be called as soon as an end has been reported. */
	async close({ id, claim }: StoredPerson): Promise<void> {
		await this.table.change([is('id', id), is('claim', claim), is('state', 'ended')], {
			claim: null,
		});
	}

	/** Whether the process that claimed a row must have crashed since then. */
	isAbandoned({ claim, state, lastCallAt }: StoredPerson): boolean {
		// A call whose claim someone has emptied was claimed when it was placed.
		const placedAt = state === 'ended' ? undefined : timeIn(lastCallAt);
		const since = claimedAt(claim) ?? placedAt;
		// In the future after a clock was set back.
		return since === undefined || !(Math.abs(this.clock.now() - since) < LONGEST_CLAIM_MS);
	}
}

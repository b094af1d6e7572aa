import pLimit from 'p-limit';
import { CallError } from '../errors/callError';
import { forEachConcurrently } from '../forEachConcurrently';
import type { UnderstoodNumber } from '../phoneNumbers/understandNumber';
import { isFinal, type CallStatus } from '../polyai/callStatus';
import type { StatusResult } from '../polyai/readStatus';
import { isForbidden, isTokenRefused } from '../polyai/refusals';
import type { CallRef, CallState } from '../polyai/versions/apiVersion';
import type { Clock } from '../time/clock';
import { toResult } from '../toResult';
import { OLDEST_OPEN_CALL_MS, RETENTION_MS } from '../tracking/pollSchedule';
import type { Campaign, Ending } from './campaign';
import { attemptsOf, metadataIn, timeIn, type StoredPerson } from './campaignRow';
import { moveIntoHours, planNextCall, type CallingPlan, type NextCall } from './planNextCall';
import type { ReportedEnds } from './reportedEnds';

/** A call to a person, as it is to be placed. */
export interface CampaignCall {
	number: UnderstoodNumber;
	metadata?: Record<string, string>;
}

/** Keeps a person from being called now: until a time, or for good. */
export class KeptBack {
	constructor(readonly next: { at: number } | Ending) {}
}

/** Keeps everyone from being called now. */
export class RunRefused {
	constructor(readonly error: CallError) {}
}

export interface CampaignRules extends CallingPlan {
	/** Calls in progress at most, those of other runs of the campaign included. */
	maxLiveCalls: number;
	environment?: string;
	/** Milliseconds since 1970 from which on no call is begun. */
	until: number;
	/** Milliseconds between two looks at calls in progress, while others wait for them to end. */
	pollIntervalMs: number;
	/** Requests in flight at once. */
	concurrency: number;
}

/** What a run needs from outside. */
export interface CampaignTools {
	clock: Clock;
	random: () => number;
	signal?: AbortSignal;
	/** @throws CallError when the number can't be called */
	readNumber(phoneNumber: string): UnderstoodNumber;
	/**
	 * Places a call.
	 *
	 * @param claim to be awaited before every request: what it throws keeps the call from being sent
	 * @throws CallError as `placeCall`, KeptBack, RunRefused, or what `claim` throws
	 */
	place(
		call: CampaignCall,
		claim: () => Promise<void>,
	): Promise<{ callSid: string; status: CallStatus }>;
	readStatus(call: CallRef): Promise<StatusResult>;
	/** Whether a call with this final state has reached the person; undefined while that may yet become known. */
	hasReached(callSid: string, state: CallState): Promise<boolean | undefined>;
	reported: ReportedEnds;
}

/** People read from the table at once. */
const MOST_DUE = 100;

/** Another run has claimed the same person, or taken the last room. */
class NotNow {}

/**
 * One run of a campaign: looks after the calls in progress, places those that are due, and collects
 * everyone whose campaign has ended. Nothing is kept in memory only: whatever happens, the next run
 * goes on.
 */
export class CampaignRun {
	private readonly ended: StoredPerson[] = [];
	/** Ends that were put out before, and whose rows couldn't be closed then. */
	private readonly toClose: StoredPerson[] = [];
	/** What keeps all calls from being placed or read. */
	refused?: CallError;
	private calling = 0;
	/** Claims of this run don't take the room from each other. */
	private readonly oneByOne = pLimit(1);

	constructor(
		private readonly campaign: Campaign,
		private readonly rules: CampaignRules,
		private readonly tools: CampaignTools,
	) {}

	/** @throws CallError when the table can't be read or written, and no one's end is lost by that */
	async run(): Promise<void> {
		for (;;) {
			const open = await this.campaign.open();
			this.calling = 0;
			await this.forEach(open, async (row) => await this.lookAfter(row));
			if (!this.goesOn()) return;
			const due = await this.campaign.due(MOST_DUE);
			if (due.length === 0) return;
			const hasMoved = await this.work(due);
			if (!this.goesOn()) return;
			if (!hasMoved) await this.pause();
		}
	}

	/** Everyone whose campaign has ended; none of them comes out of this process again. */
	putOut(): readonly StoredPerson[] {
		for (const row of this.ended) this.tools.reported.add(row);
		return this.ended;
	}

	/** Closes what was put out: to be called as soon as n8n has taken it over. */
	async close(): Promise<void> {
		const rows = [...this.toClose, ...this.ended];
		await this.forEach(rows, async (row) => {
			await this.campaign.close(row);
			this.tools.reported.forget(row);
		});
	}

	private goesOn(): boolean {
		const { clock, signal } = this.tools;
		return !this.refused && !signal?.aborted && clock.now() < this.rules.until;
	}

	/** A row that someone is at work on. */
	private async lookAfter(row: StoredPerson): Promise<void> {
		if (row.state === 'ended') return await this.lookAfterEnd(row);
		if (row.state === 'waiting' && !row.claim) return await this.end(row, noTime(row));
		if (row.callSid) return await this.lookAfterCall(row, row.callSid);
		if (!this.campaign.isAbandoned(row)) return void this.calling++;
		const reason =
			'n8n was interrupted while it placed this call, or just before. It is not placed again: check in PolyAI’s Agent Studio whether it took place.';
		await this.end(row, { outcome: 'unclear', reason });
	}

	private async lookAfterEnd(row: StoredPerson): Promise<void> {
		if (this.tools.reported.has(row)) return void this.toClose.push(row);
		if (!this.campaign.isAbandoned(row)) return;
		const mine = await this.campaign.takeOver(row);
		if (mine) this.ended.push(mine);
	}

	private async lookAfterCall(row: StoredPerson, callSid: string): Promise<void> {
		const result = await this.tools.readStatus({
			callSid,
			environment: row.environment as CallRef['environment'],
		});
		const age = this.tools.clock.now() - (timeIn(row.lastCallAt) ?? 0);
		if ('state' in result && isFinal(result.state.status)) {
			const isOver = await this.finish(row, callSid, result.state);
			if (!isOver) this.calling++;
			return;
		}
		if (isTokenRefused(result) || isForbidden(result)) {
			this.refused ??= (result as { error: CallError }).error;
		}
		const isGone = 'error' in result && result.error.code === 'notFound' && !(age < RETENTION_MS);
		if (!isGone && age < OLDEST_OPEN_CALL_MS) return void this.calling++;
		const reason = isGone
			? 'PolyAI forgot the result before it could be read.'
			: 'No result within 24 hours.';
		await this.end(row, { outcome: 'unclear', reason });
	}

	/** @returns whether the call counts as ended */
	private async finish(row: StoredPerson, callSid: string, state: CallState): Promise<boolean> {
		const reached = await this.tools.hasReached(callSid, state);
		if (reached === undefined) return false;
		const { status, reason } = state;
		if (reached) await this.end(row, { outcome: 'reached', status, reason });
		else if (row.outcome === 'stopped') await this.end(row, { outcome: 'stopped', status, reason });
		else await this.planNext(row, state);
		return true;
	}

	private async planNext(row: StoredPerson, { status, reason }: CallState): Promise<void> {
		const number = this.numberOf(row);
		if ('outcome' in number) return await this.end(row, { ...number, status });
		const attempts = attemptsOf(row);
		const callUntil = timeIn(row.callUntil);
		const next = planNextCall(number, { attempts, callUntil }, this.rules, this.now());
		if ('at' in next) await this.campaign.wait(row, next.at, { status, reason: reason ?? null });
		else await this.end(row, { ...next, reason: reason ?? next.reason, status });
	}

	/** @returns whether anything has become of these people */
	private async work(due: readonly StoredPerson[]): Promise<boolean> {
		let hasMoved = false;
		const toCall: Array<{ row: StoredPerson; number: UnderstoodNumber }> = [];
		await this.forEach(due, async (row) => {
			const number = this.numberOf(row);
			const next = 'outcome' in number ? number : this.nextCallOf(row, number);
			if ('outcome' in next) await this.end(row, next);
			else if (next.at > this.now()) await this.campaign.wait(row, next.at);
			else return void toCall.push({ row, number: number as UnderstoodNumber });
			hasMoved = true;
		});
		const order = new Map(due.map(({ id }, index) => [id, index]));
		toCall.sort((one, other) => order.get(one.row.id)! - order.get(other.row.id)!);
		const room = Math.max(0, this.rules.maxLiveCalls - this.calling);
		await this.forEach(toCall.slice(0, room), async ({ row, number }) => {
			if (await this.call(row, number)) hasMoved = true;
		});
		return hasMoved;
	}

	/** When a person who is due may be called. */
	private nextCallOf(row: StoredPerson, number: UnderstoodNumber): NextCall | Ending {
		if (Number.isNaN(timeIn(row.nextCallAt))) return noTime(row);
		if (row.outcome === 'stopped') return { outcome: 'stopped' };
		const attempts = attemptsOf(row);
		if (attempts >= this.rules.maxAttempts) {
			return planNextCall(number, { attempts }, this.rules, this.now());
		}
		return moveIntoHours(number, this.now(), timeIn(row.callUntil), this.rules);
	}

	private numberOf({ phoneNumber }: StoredPerson): UnderstoodNumber | Ending {
		try {
			return this.tools.readNumber(phoneNumber ?? '');
		} catch (error) {
			return { outcome: 'refused', reason: `${(error as Error).message}.` };
		}
	}

	/** @returns whether the person was called, or may have been */
	private async call(row: StoredPerson, number: UnderstoodNumber): Promise<boolean> {
		let mine: StoredPerson | undefined;
		const claim = async () => {
			mine = await (mine
				? this.campaign.renew(mine)
				: this.oneByOne(async () => await this.claim(row, number)));
			if (!mine) throw new NotNow();
		};
		const toPlace = { number, metadata: metadataIn(row.metadata) };
		const placed = await toResult(async () => await this.tools.place(toPlace, claim));
		if ('error' in placed) return await this.notPlaced(placed.error, row, mine);
		await this.campaign.placed(mine as unknown as StoredPerson, placed.value);
		return true;
	}

	/** The last word before a call is sent: it is still allowed, and there is room for it. */
	private async claim(
		row: StoredPerson,
		number: UnderstoodNumber,
	): Promise<StoredPerson | undefined> {
		if (!this.goesOn()) return undefined;
		const next = this.nextCallOf(row, number);
		if ('outcome' in next || next.at > this.now()) throw new KeptBack(next);
		const mine = await this.campaign.claim(row, this.rules.environment);
		if (!mine) return undefined;
		// Another run may have claimed the last room at the same moment: then both give theirs up.
		const calling = await toResult(async () => await this.campaign.countCalling());
		if ('value' in calling && calling.value <= this.rules.maxLiveCalls) return mine;
		await this.campaign.release(mine, row);
		if ('error' in calling) return await Promise.reject(calling.error);
		return undefined;
	}

	/** @returns whether the person may have been called nevertheless */
	private async notPlaced(
		error: unknown,
		row: StoredPerson,
		mine: StoredPerson | undefined,
	): Promise<boolean> {
		if (error instanceof CallError && error.code === 'outcomeUnknown' && mine) {
			await this.end(mine, { outcome: 'unclear', reason: error.inWords });
			return true;
		}
		if (mine) await this.campaign.release(mine, row);
		if (error instanceof NotNow) return false;
		if (error instanceof RunRefused) {
			this.refused ??= error.error;
			return false;
		}
		if (error instanceof KeptBack) {
			const { next } = error;
			if ('outcome' in next) await this.end(row, next);
			else await this.campaign.wait(row, next.at);
			return true;
		}
		if (!(error instanceof CallError)) return await Promise.reject(error);
		if (OF_ONE_PERSON.includes(error.code)) {
			await this.end(row, { outcome: 'refused', reason: error.inWords });
			return true;
		}
		if (error.code !== 'timedOut') this.refused ??= error;
		return false;
	}

	/** Someone else may have been faster: the end is theirs to put out then. */
	private async end(row: StoredPerson, ending: Ending): Promise<void> {
		const ended = await this.campaign.end(row, ending);
		if (ended) this.ended.push(ended);
	}

	private async forEach<Value>(
		values: readonly Value[],
		work: (value: Value) => Promise<void>,
	): Promise<void> {
		const step = async (index: number) => await work(values[index] as Value);
		await forEachConcurrently(values.length, this.rules.concurrency, step, () => true);
	}

	/** Runs that gave way to each other don't come back at the same moment. */
	private async pause(): Promise<void> {
		const { clock, random, signal } = this.tools;
		const ms = this.rules.pollIntervalMs * (0.5 + random());
		await clock.sleep(Math.min(ms, this.rules.until - clock.now()), signal);
	}

	private now(): number {
		return this.tools.clock.now();
	}
}

/** What PolyAI refuses for the sake of one call; anything else would be the same for the next one. */
const OF_ONE_PERSON: ReadonlyArray<CallError['code']> = [
	'badRequest',
	'invalidPhoneNumber',
	'notAllowed',
];

function noTime({ nextCallAt }: StoredPerson): Ending {
	return { outcome: 'refused', reason: `“${nextCallAt}” in 'nextCallAt' is not a time.` };
}

import pLimit from 'p-limit';
import { addedSentences } from '../errors/addedSentences';
import { CallError } from '../errors/callError';
import type { UnderstoodNumber } from '../phoneNumbers/understandNumber';
import type { CallStatus } from '../polyai/callStatus';
import { toResult } from '../toResult';
import type { Ending } from './campaign';
import { attemptsOf, metadataIn, timeIn, type StoredPerson } from './campaignRow';
import {
	CalledLately,
	KeptBack,
	NotNow,
	RunRefused,
	type CampaignCall,
	type Claim,
} from './campaignTools';
import { moveIntoHours, planNextCall, type NextCall } from './planNextCall';
import { noTime, type RunState } from './runState';

/** People read from the table at once. */
const MOST_DUE = 100;

const NO_METADATA = "'metadata' is not a JSON object of names and texts.";

/** What becomes of people who are due. */
export class DueCalls {
	/** Claims of this run don't take the room from each other. */
	private readonly oneByOne = pLimit(1);

	constructor(private readonly run: RunState) {}

	/**
	 * Calls those for whom there is room; the others wait, or have ended.
	 *
	 * @returns whether anything has become of them; undefined when no one is due
	 */
	async work(): Promise<boolean | undefined> {
		const due = await this.run.campaign.due(MOST_DUE);
		if (due.length === 0) return undefined;
		const people = due.map((row) => ({ row, next: this.nextCallOf(row) }));
		const isDue = ({ next }: (typeof people)[number]) => 'at' in next && next.at <= this.run.now;
		const toCall = people.filter(isDue);
		const others = people.filter((person) => !isDue(person));
		await this.run.forEach(others, async ({ row, next }) => await this.put(row, next));
		let hasMoved = others.length > 0;
		const room = Math.max(0, this.run.rules.maxLiveCalls - this.run.calling);
		const calls = toCall.slice(0, room).map(({ row }) => ({ row, call: this.callTo(row) }));
		const lately = await this.calledLately(calls.map(({ call }) => call));
		if (!lately) return hasMoved;
		const checked = calls.map((one, index) => ({ ...one, lately: lately[index] }));
		await this.run.forEach(checked, async ({ row, call, lately }) => {
			if (lately) await this.put(row, this.nextCallAfter(row, lately));
			if (lately || (await this.call(row, call))) hasMoved = true;
		});
		return hasMoved;
	}

	/** @returns undefined when that can't be determined, which ends the run */
	private async calledLately(calls: CampaignCall[]) {
		if (calls.length === 0) return [];
		const found = await toResult(async () => await this.run.tools.calledLately(calls));
		if ('value' in found) return found.value;
		const { error } = found;
		if (!(error instanceof CallError)) return await Promise.reject(error);
		this.run.refused ??= error;
		return undefined;
	}

	/** What becomes of someone who isn't called now. */
	private async put(row: StoredPerson, next: NextCall | Ending): Promise<void> {
		if ('outcome' in next) await this.run.end(row, next);
		else await this.run.campaign.wait(row, next.at);
	}

	private callTo(row: StoredPerson): CampaignCall {
		const number = this.run.numberOf(row) as UnderstoodNumber;
		const called = timeIn(row.lastCallAt) ?? NaN;
		// Someone may have edited the cell: then it's better to know of no call.
		const lastCallAt = called <= this.run.now ? called : undefined;
		return { number, metadata: metadataIn(row.metadata) ?? undefined, lastCallAt };
	}

	/** When a person who is due may be called. */
	private nextCallOf(row: StoredPerson): NextCall | Ending {
		const { rules, now } = this.run;
		const planned = timeIn(row.nextCallAt) ?? NaN;
		if (Number.isNaN(planned)) return noTime(row);
		// A time in other words may sort before now and still be to come.
		if (planned > now) return { at: planned };
		if (metadataIn(row.metadata) === null) return { outcome: 'refused', reason: NO_METADATA };
		if (row.outcome === 'stopped') return { outcome: 'stopped' };
		const number = this.run.numberOf(row);
		if ('outcome' in number) return number;
		const attempts = attemptsOf(row);
		if (attempts >= rules.maxAttempts) return planNextCall(number, { attempts }, rules, now);
		return moveIntoHours(number, now, timeIn(row.callUntil), rules);
	}

	/** When a person may be called whom someone else has called too recently. */
	private nextCallAfter(row: StoredPerson, { until, reason }: CalledLately): NextCall | Ending {
		if (until === undefined) return { outcome: 'refused', reason };
		const number = this.run.numberOf(row) as UnderstoodNumber;
		const { rules, now } = this.run;
		const next = moveIntoHours(number, Math.max(until, now), timeIn(row.callUntil), rules);
		return 'at' in next ? next : { ...next, reason: `${reason} ${next.reason}` };
	}

	/** @returns whether anything has become of the person */
	private async call(row: StoredPerson, toPlace: CampaignCall): Promise<boolean> {
		let mine: StoredPerson | undefined;
		// Its turn may come long after it was due, and PolyAI may have asked to wait.
		const checkHours = () => {
			const next = this.nextCallOf(row);
			if ('outcome' in next || next.at > this.run.now) throw new KeptBack(next);
		};
		const take = async () => {
			checkHours();
			const claimed = await (mine
				? this.run.campaign.renew(mine)
				: this.oneByOne(async () => await this.claim(row)));
			// Another run has claimed the same person, or taken the last room.
			if (!claimed) throw new NotNow();
			mine = claimed;
			return timeIn(claimed.lastCallAt) as number;
		};
		const claim: Claim = { take, checkHours };
		const placed = await toResult(async () => await this.run.tools.place(toPlace, claim));
		if ('error' in placed) return await this.notPlaced(placed.error, row, mine);
		await this.record(mine as unknown as StoredPerson, placed.value);
		return true;
	}

	/** Without its call SID in the row no run can follow up on the call: then a person has to know it. */
	private async record(row: StoredPerson, call: { callSid: string; status: CallStatus }) {
		const written = await toResult(async () => await this.run.campaign.placed(row, call));
		if ('value' in written) return;
		const { error } = written;
		if (!(error instanceof CallError)) return await Promise.reject(error);
		const { callSid } = call;
		const first = addedSentences.notRecorded({ phoneNumber: row.phoneNumber ?? '', callSid });
		this.run.refused = (this.run.refused ?? error).saying({ first });
	}

	/** The last word before a call is sent: there is still time and room for it. */
	private async claim(row: StoredPerson): Promise<StoredPerson | undefined> {
		const { campaign, rules } = this.run;
		if (!this.run.goesOn()) return undefined;
		const mine = await campaign.claim(row, rules.environment);
		if (!mine) return undefined;
		// Another run may have claimed the last room at the same moment: then both give theirs up.
		const calling = await toResult(async () => await campaign.countCalling());
		if ('value' in calling && calling.value <= rules.maxLiveCalls) return mine;
		await campaign.release(mine, row);
		if ('error' in calling) return await Promise.reject(calling.error);
		return undefined;
	}

	/** @returns whether anything has become of the person nevertheless */
	private async notPlaced(
		error: unknown,
		row: StoredPerson,
		mine: StoredPerson | undefined,
	): Promise<boolean> {
		if (error instanceof CallError && error.code === 'outcomeUnknown' && mine) {
			await this.run.end(mine, { outcome: 'unclear', reason: error.inWords });
			return true;
		}
		if (mine) await this.run.campaign.release(mine, row);
		if (error instanceof NotNow) return false;
		if (error instanceof RunRefused) {
			this.run.refused ??= error.error;
			return false;
		}
		if (error instanceof KeptBack || error instanceof CalledLately) {
			await this.put(row, error instanceof KeptBack ? error.next : this.nextCallAfter(row, error));
			return true;
		}
		if (!(error instanceof CallError)) return await Promise.reject(error);
		if (OF_ONE_PERSON.includes(error.code)) {
			await this.run.end(row, { outcome: 'refused', reason: error.inWords });
			return true;
		}
		if (error.code !== 'timedOut') this.run.refused ??= error;
		return false;
	}
}

/** What PolyAI refuses for the sake of one call; anything else would be the same for the next one. */
const OF_ONE_PERSON: ReadonlyArray<CallError['code']> = [
	'badRequest',
	'invalidPhoneNumber',
	'notAllowed',
];

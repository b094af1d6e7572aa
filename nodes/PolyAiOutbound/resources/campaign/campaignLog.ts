import {
	CalledLately,
	KeptBack,
	NotNow,
	RunRefused,
	type CampaignCall,
	type Claim,
} from '../../../shared/campaign/campaignTools';
import type { StoredRow } from '../../../shared/callLog/logRow';
import type { PlacedRows } from '../../../shared/callLog/placedRows';
import { CallError } from '../../../shared/errors/callError';
import { skipReasons } from '../../../shared/errors/skipReasons';
import type { AcceptedCall } from '../../../shared/polyai/placeCall';
import type { Environment } from '../../../shared/polyai/environment';
import { toResult } from '../../../shared/toResult';
import { afterOwnCall, calledRecently } from '../../options/notCalledWithin';
import { LogRegister, type LoggedRequest, type LoggingRun } from '../../placing/logRegister';
import type { Skipped } from '../../placing/placement';
import type { RememberedCall } from '../../run/placedCalls';
import { checkFreshly } from './lastChecks';

/**
 * The call log of a campaign's run: other workflows see its calls there, and it sees theirs. It's
 * opened with the first person who is due, so that a run without one costs nothing.
 */
export class CampaignLog {
	private opened?: Promise<{ rows: PlacedRows; register: LogRegister }>;
	private readonly writing: Array<Promise<string | undefined>> = [];

	/** @param within milliseconds that must have passed since someone else's call; 0 for no limit */
	constructor(
		private readonly openRows: () => Promise<PlacedRows>,
		private readonly run: LoggingRun,
		private readonly within: number,
		private readonly environment?: Environment,
	) {}

	/** @throws CallError when the log can't be read */
	async calledLately(calls: readonly CampaignCall[]): Promise<Array<CalledLately | undefined>> {
		if (this.within === 0) return calls.map(() => undefined);
		const { rows } = await this.open();
		const phoneNumbers = [...new Set(calls.map(({ number }) => number.phoneNumber))];
		const found = await toResult(async () => await rows.latestCallsToAny(phoneNumbers));
		if ('error' in found) return await sayNotPlaced(found.error);
		return calls.map((call) => this.latelyIn(found.value, call));
	}

	/**
	 * Places a call that has its row before it is sent, like any other call in the log.
	 *
	 * @param claim as for `CampaignTools.place`
	 * @param send sends the call, and before every request awaits the function that it gets
	 */
	async place(
		call: CampaignCall,
		claim: Claim,
		send: (beforeSending: () => Promise<void>) => Promise<AcceptedCall>,
	): Promise<AcceptedCall> {
		const { clock } = this.run;
		const request = this.requestOf(call);
		const { phoneNumber } = call.number;
		const logged: RememberedCall = { phoneNumber, triggeredAt: '' };
		// The log and the campaign have the same time: so the campaign knows its own calls in the log.
		const claimAt = async () => {
			logged.triggeredAt = new Date(await claim.take()).toISOString();
		};
		let isSent = false;
		const beforeSending = async () => {
			// A call is sent again only if it certainly wasn't placed.
			isSent = false;
			await checkFreshly(clock, async () => {
				await claimAt();
				// Later calls by others count for the campaign's next one.
				await this.beginOrLookAgain(request, logged);
			});
			claim.checkHours();
			isSent = true;
		};
		const sent = await toResult(async () => await send(beforeSending));
		if ('error' in sent) {
			const { error } = sent;
			const isRefused = error instanceof CallError && error.code !== 'outcomeUnknown';
			await this.failed(error, request, logged, !isSent || isRefused);
			return await Promise.reject(error);
		}
		Object.assign(logged, sent.value);
		// Not awaited: first of all the campaign has to know its call.
		this.writing.push(this.accepted(request, logged));
		return sent.value;
	}

	/** When all is written: what is missing in the log, in words. */
	async problems(): Promise<string[]> {
		const written = await Promise.all(this.writing);
		return written.filter((problem) => problem !== undefined);
	}

	private latelyIn(rows: readonly StoredRow[], { number, lastCallAt }: CampaignCall) {
		const since = new Date(this.run.clock.now() - this.within).toISOString();
		const ofNumber = rows.filter(({ phoneNumber }) => phoneNumber === number.phoneNumber);
		const latest = afterOwnCall(ofNumber, lastCallAt).find(({ triggeredAt }) => {
			return (triggeredAt ?? '') > since;
		});
		return latest && toCalledLately(calledRecently(latest, this.within));
	}

	/** @throws CalledLately, NotNow, or RunRefused if the log can't be read or written */
	private async beginOrLookAgain(request: LoggedRequest, logged: RememberedCall): Promise<void> {
		const begun = await toResult(async () => {
			const { register } = await this.open();
			const { rowId } = logged;
			if (rowId === undefined) return await register.begin(request, logged);
			return await register.lookForOthers(request, logged, rowId).catch(sayNotPlaced);
		});
		if ('value' in begun) {
			if (begun.value === 'undecided') throw new NotNow();
			if (begun.value) throw toCalledLately(begun.value);
			return;
		}
		const { error } = begun;
		const isForAll = error instanceof CallError && error.code !== 'timedOut';
		throw isForAll ? new RunRefused(error) : error;
	}

	private async accepted(request: LoggedRequest, logged: RememberedCall) {
		const problem = await (await this.open()).register.accepted(request, logged);
		return problem && `${logged.phoneNumber}: ${problem}`;
	}

	private async failed(
		error: unknown,
		request: LoggedRequest,
		logged: RememberedCall,
		isNotPlaced: boolean,
	): Promise<void> {
		if (logged.rowId === undefined) return;
		const { register } = await this.open();
		const why = reasonIn(error);
		if (isNotPlaced) await register.notPlaced(request, logged, why);
		else await register.unclear(logged, why);
	}

	/** @throws CallError if it can't be used */
	private async open() {
		this.opened ??= this.openRows().then((rows) => {
			return { rows, register: new LogRegister(rows, this.run) };
		});
		const opened = await toResult(async () => await this.opened);
		if ('error' in opened) return await sayNotPlaced(opened.error);
		return opened.value as { rows: PlacedRows; register: LogRegister };
	}

	private requestOf({ metadata, lastCallAt }: CampaignCall): LoggedRequest {
		const details = { environment: this.environment, metadata };
		return { details, notCalledWithin: this.within, lastOwnCallAt: lastCallAt };
	}
}

function toCalledLately({ reason, details: { nextAllowedAt } }: Skipped): CalledLately {
	return new CalledLately(reason, nextAllowedAt ? Date.parse(nextAllowedAt) : undefined);
}

/** Why a call wasn't placed, for its row in the log. */
function reasonIn(error: unknown): string {
	if (error instanceof Error) return error.message;
	if (error instanceof RunRefused) return error.error.message;
	if (error instanceof CalledLately) return error.reason;
	const reason = error instanceof KeptBack && 'outcome' in error.next && error.next.reason;
	return reason || skipReasons.leftToNextRun();
}

async function sayNotPlaced(error: unknown): Promise<never> {
	return await Promise.reject(error instanceof CallError ? error.notPlaced() : error);
}

import type { CallError } from '../errors/callError';
import { isFinal } from '../polyai/callStatus';
import { isForbidden, isTokenRefused } from '../polyai/statusRefusals';
import type { CallRef, CallState } from '../polyai/versions/apiVersion';
import { OLDEST_OPEN_CALL_MS, RETENTION_MS } from '../tracking/pollSchedule';
import { attemptsOf, timeIn, type StoredPerson } from './campaignRow';
import { planNextCall } from './planNextCall';
import { noTime, type RunState } from './runState';
import { timeOfStartOver } from './startOver';

/** Calls in progress, and ends that were not put out yet: what any run looks after, whosever they are. */
export class OpenCalls {
	/** Ends that were put out before, and whose rows couldn't be closed then. */
	readonly toClose: StoredPerson[] = [];

	constructor(private readonly run: RunState) {}

	/** @throws CallError when the table can't be read or written */
	async lookAfterAll(): Promise<void> {
		const open = await this.run.campaign.open();
		this.run.calling = 0;
		await this.run.forEach(open, async (row) => await this.lookAfter(row));
	}

	private async lookAfter(row: StoredPerson): Promise<void> {
		if (row.state === 'ended') return await this.lookAfterEnd(row);
		if (row.state === 'waiting' && row.claim === '') return await this.run.campaign.clearClaim(row);
		if (row.state === 'waiting' && !row.claim) return await this.lookAfterWords(row);
		if (row.callSid) return await this.lookAfterCall(row, row.callSid);
		if (!this.run.campaign.isAbandoned(row)) return void this.run.calling++;
		const reason =
			'n8n was interrupted while it placed this call, or just before. It is not placed again: check in PolyAI’s Agent Studio whether it took place.';
		await this.run.end(row, { outcome: 'unclear', reason });
	}

	/** Someone has written into 'nextCallAt' what sorts behind all times: a time in other words, or none. */
	private async lookAfterWords(row: StoredPerson): Promise<void> {
		const time = timeIn(row.nextCallAt) ?? NaN;
		if (Number.isNaN(time)) await this.run.end(row, noTime(row));
		else await this.run.campaign.wait(row, time);
	}

	private async lookAfterEnd(row: StoredPerson): Promise<void> {
		if (!row.claim) {
			const startOver = timeOfStartOver(row);
			if (startOver !== undefined) await this.run.campaign.startOver(row, startOver);
			return;
		}
		if (this.run.tools.reported.has(row)) return void this.toClose.push(row);
		if (!this.run.campaign.isAbandoned(row)) return;
		const mine = await this.run.campaign.takeOver(row);
		if (mine) this.run.ended.push(mine);
	}

	private async lookAfterCall(row: StoredPerson, callSid: string): Promise<void> {
		const result = await this.run.tools.readStatus({
			callSid,
			environment: row.environment as CallRef['environment'],
		});
		const age = this.run.now - (timeIn(row.lastCallAt) ?? 0);
		if ('state' in result && isFinal(result.state.status)) {
			const isOver = await this.finish(row, callSid, result.state);
			if (!isOver) this.run.calling++;
			return;
		}
		if (isTokenRefused(result) || isForbidden(result)) {
			this.run.refused ??= (result as { error: CallError }).error;
		}
		const isGone = 'error' in result && result.error.code === 'notFound' && !(age < RETENTION_MS);
		if (!isGone && age < OLDEST_OPEN_CALL_MS) return void this.run.calling++;
		const reason = isGone
			? 'PolyAI forgot the result before it could be read.'
			: 'No result within 24 hours.';
		await this.run.end(row, { outcome: 'unclear', reason });
	}

	/** @returns whether the call counts as ended */
	private async finish(row: StoredPerson, callSid: string, state: CallState): Promise<boolean> {
		const reached = await this.run.tools.hasReached(callSid, state);
		if (reached === undefined) return false;
		const { status, reason } = state;
		if (reached) await this.run.end(row, { outcome: 'reached', status, reason });
		else if (row.outcome === 'stopped')
			await this.run.end(row, { outcome: 'stopped', status, reason });
		else await this.planNext(row, state);
		return true;
	}

	private async planNext(row: StoredPerson, { status, reason }: CallState): Promise<void> {
		const number = this.run.numberOf(row);
		if ('outcome' in number) return await this.run.end(row, { ...number, status });
		const attempts = attemptsOf(row);
		const callUntil = timeIn(row.callUntil);
		const next = planNextCall(number, { attempts, callUntil }, this.run.rules, this.run.now);
		if ('at' in next)
			await this.run.campaign.wait(row, next.at, { status, reason: reason ?? null });
		else await this.run.end(row, { ...next, reason: reason ?? next.reason, status });
	}
}

import { isoTime } from '../time/isoTime';
import { withoutAbsent } from '../withoutAbsent';
import { timeIn, type CampaignOutcome, type CampaignRow } from './campaignRow';

const HOUR_MS = 60 * 60_000;

/** How far a campaign has come. Times are ISO 8601 in UTC. */
export interface Progress extends Record<CampaignOutcome, number> {
	people: number;
	waiting: number;
	calling: number;
	ended: number;
	/** Of those whose campaign has ended, from 0 to 1. */
	shareReached?: number;
	/** When the next person is due. */
	nextCallAt?: string;
	/** If as many people end in each hour as in the last one. */
	expectedEndAt?: string;
}

/** @param now milliseconds since 1970 */
export function progressOf(rows: readonly CampaignRow[], now: number): Progress {
	const count = (state: string) => rows.filter((row) => row.state === state).length;
	const endedAs = (outcome: CampaignOutcome) => {
		return rows.filter((row) => row.state === 'ended' && row.outcome === outcome).length;
	};
	const ended = count('ended');
	const reached = endedAs('reached');
	const endedLately = rows.filter(({ state, endedAt }) => {
		return state === 'ended' && now - (timeIn(endedAt) ?? NaN) < HOUR_MS;
	}).length;
	const left = count('waiting') + count('calling');
	const due = rows
		.filter(({ state }) => state === 'waiting')
		.map(({ nextCallAt }) => timeIn(nextCallAt) ?? NaN)
		.filter((time) => !Number.isNaN(time));
	const isRunning = left > 0 && endedLately > 0;
	return withoutAbsent({
		people: rows.length,
		waiting: count('waiting'),
		calling: count('calling'),
		ended,
		reached,
		notReached: endedAs('notReached'),
		expired: endedAs('expired'),
		stopped: endedAs('stopped'),
		refused: endedAs('refused'),
		unclear: endedAs('unclear'),
		shareReached: ended > 0 ? Math.round((reached / ended) * 1000) / 1000 : undefined,
		nextCallAt: isoTime(due.length > 0 ? due.reduce((a, b) => Math.min(a, b)) : undefined),
		expectedEndAt: isRunning ? isoTime(now + (left / endedLately) * HOUR_MS) : undefined,
	});
}

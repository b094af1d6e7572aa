import { LONGEST_CLAIM_MS } from '../../../nodes/shared/campaign/campaign.ts';
import { until } from '../n8n/until.mts';
import type { Instance } from './instance.mts';
import { MAX_ATTEMPTS, type RunningCampaign } from './runningCampaign.mts';

/** After so much time nobody waits for a process that has died. */
export const AFTER_ALL_CLAIMS_MS = LONGEST_CLAIM_MS + 60_000;

/** Waits until everybody's campaign has ended and was put out. */
export async function everybodyHasEnded({ table }: RunningCampaign): Promise<void> {
	await until('everybody’s campaign has ended', async () => {
		const rows = await table.rows();
		return rows.every(({ state, claim }) => state === 'ended' && claim === null) || undefined;
	});
}

/**
 * That everybody was called as planned, whatever has happened in between: never two calls to one
 * person at once, none after the person was reached, none too many; and all came out as it was.
 */
export async function expectCampaignHeld(
	{ polyAi }: Pick<Instance, 'polyAi'>,
	{ table, putOut }: RunningCampaign,
	people: string[],
): Promise<void> {
	const wrong: string[] = [];
	const rows = new Map((await table.rows()).map((row) => [row.phoneNumber, row]));
	for (const phone of people) {
		const calls = polyAi.calls.all().filter(({ number }) => number === phone);
		const row = rows.get(phone);
		const reached = calls.map(({ outcome }) => outcome.status === 'success');
		const ends = calls.map(({ placedAt, queuedMs, callingMs }) => placedAt + queuedMs + callingMs);
		const told = putOut.filter(({ phoneNumber }) => phoneNumber === phone);
		const is = (what: string, isSo: boolean) => isSo && wrong.push(`${phone} ${what}`);

		is('was called too often', calls.length > MAX_ATTEMPTS);
		is('was called after being reached', reached.slice(0, -1).includes(true));
		is(
			'was rung twice at once',
			calls.slice(1).some(({ placedAt }, i) => placedAt < ends[i]!),
		);
		is('never came out', told.length === 0);
		is(
			'came out otherwise than it ended',
			told.some(({ outcome }) => outcome !== row?.outcome),
		);
		const notPlaced = Number(row?.attempts) - calls.length;
		if (row?.outcome === 'unclear') {
			is('is counted wrongly', notPlaced !== 0 && notPlaced !== 1);
			continue;
		}
		const outcome = reached.at(-1) ? 'reached' : 'notReached';
		is(`is ${row?.outcome} and was ${outcome}`, row?.outcome !== outcome);
		is('is counted wrongly', notPlaced !== 0);
		is('was given up too early', outcome === 'notReached' && calls.length < MAX_ATTEMPTS);
	}
	expect(wrong).toEqual([]);
	expect(rows.size).toBe(people.length);
}

/** Of these it isn't known whether a call took place. */
export async function unclearOf({ table }: RunningCampaign): Promise<number> {
	return (await table.rows()).filter(({ outcome }) => outcome === 'unclear').length;
}

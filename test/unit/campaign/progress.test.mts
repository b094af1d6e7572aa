import type { CampaignRow } from '../../../nodes/shared/campaign/campaignRow.ts';
import { progressOf } from '../../../nodes/shared/campaign/progress.ts';

const NOW = Date.parse('2026-07-14T12:00:00Z');

const row = (given: Partial<CampaignRow>) => ({ nextCallAt: null, endedAt: null, ...given });
const progress = (...rows: Array<Partial<CampaignRow>>) =>
	progressOf(rows.map(row) as CampaignRow[], NOW);

test('while no one has ended, there is no share of those reached, and no end in sight', () => {
	const { people, waiting, calling, ended, ...more } = progress(
		{ state: 'waiting', nextCallAt: '2026-07-14T15:00:00Z' },
		{ state: 'waiting', nextCallAt: '2026-07-14T13:00:00Z' },
		{ state: 'waiting', nextCallAt: 'tomorrow' },
		{ state: 'waiting' },
		{ state: 'calling' },
	);
	expect({ people, waiting, calling, ended }).toEqual({
		...{ people: 5, waiting: 4, calling: 1, ended: 0 },
	});
	expect(more).not.toHaveProperty('shareReached');
	expect(more).not.toHaveProperty('expectedEndAt');
	expect(more.nextCallAt).toBe('2026-07-14T13:00:00.000Z');
});

test('the end is expected as if everyone ended at the pace of the last hour', () => {
	const ended = { state: 'ended', outcome: 'reached' };
	expect(
		progress(
			{ ...ended, endedAt: '2026-07-14T11:30:00Z' },
			{ ...ended, endedAt: '2026-07-14T11:00:01Z' },
			{ ...ended, endedAt: '2026-07-14T11:00:00Z', outcome: 'notReached' },
			{ ...ended, endedAt: 'yesterday', outcome: 'unclear' },
			{ state: 'waiting' },
			{ state: 'waiting' },
			{ state: 'calling' },
		),
	).toMatchObject({
		...{ ended: 4, reached: 2, notReached: 1, unclear: 1, shareReached: 0.5 },
		expectedEndAt: '2026-07-14T13:30:00.000Z',
	});
});

test('a campaign in which everyone has ended has no end to expect, and no next call', () => {
	const over = progress({ state: 'ended', outcome: 'reached', endedAt: '2026-07-14T11:59:00Z' });
	expect(over).toMatchObject({ people: 1, shareReached: 1 });
	expect(over).not.toHaveProperty('expectedEndAt');
	expect(over).not.toHaveProperty('nextCallAt');
});

import type { CampaignRow } from '../../nodes/shared/campaign/campaignRow.ts';
import { add, on, pass, people, PLAN, runOnce } from '../support/engine/campaign.mts';
import { agentsCredentialFor, dialed, numbers, polyAi } from '../support/engine/polyAi.mts';
import { n8n } from '../support/engine/dataTable.mts';

/** The rows of docs/campaigns.md about what may go wrong that the other files don't have. */

const [ann, bob] = numbers(2) as [string, string];
const edit = (changes: Partial<CampaignRow>) => Object.assign(people.rows[0] as object, changes);

test('no run for more than two hours: a call that PolyAI has forgotten is unclear, and not placed again', async () => {
	polyAi.set({ callingMs: 600_000 });
	await add([ann]);
	await runOnce();
	pass(180);
	expect(await runOnce()).toMatchObject([
		{
			outcome: 'unclear',
			attempts: 1,
			reason: 'PolyAI forgot the result before it could be read.',
		},
	]);
	pass(60);
	expect(await runOnce()).toEqual([]);
	expect(dialed()).toEqual([ann]);
});

test('a call that never ends is given up after a day, and not placed again', async () => {
	polyAi.set({ outcome: 'never-ends' });
	await add([ann]);
	await runOnce();
	pass(23 * 60);
	expect(await runOnce()).toEqual([]);
	pass(2 * 60);
	expect(await runOnce()).toMatchObject([
		{ outcome: 'unclear', reason: 'No result within 24 hours.' },
	]);
	expect(dialed()).toEqual([ann]);
});

test('a token that is refused while a call is in progress fails the run, and the result is read later', async () => {
	polyAi.set({ callingMs: 120_000 });
	await add([ann]);
	await runOnce();
	polyAi.fault({ on: 'status', answer: 401, times: 20 });
	const { error } = await on('run', { items: [{}], fields: PLAN });
	expect(error?.message).toContain('refused the token');
	expect(people.rows[0]).toMatchObject({ state: 'calling' });
	polyAi.clearFaults();
	pass(5);
	expect(await runOnce()).toMatchObject([{ phoneNumber: ann, outcome: 'reached' }]);
	expect(dialed()).toEqual([ann]);
});

test('ends that are there come out, although the token is refused for the next call', async () => {
	polyAi.set({ callingMs: 120_000 });
	await add([ann]);
	await runOnce();
	pass(5);
	await add([bob], {}, { person: 'Bob' });
	polyAi.fault({ on: 'trigger', answer: 401 });
	const run = await on('run', { items: [{}], fields: PLAN });
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => json)).toMatchObject([
		{ phoneNumber: ann, outcome: 'reached' },
	]);
	expect(people.rows[1]).toMatchObject({ state: 'waiting', attempts: '0' });
	expect(dialed()).toEqual([ann]);
});

test('a number that was edited into something else calls no one, and the reason says what it is', async () => {
	await add([ann]);
	edit({ phoneNumber: '24.12.2026' });
	expect(await runOnce()).toMatchObject([
		{ outcome: 'refused', attempts: 0, reason: expect.stringContaining('24.12.2026') },
	]);
	expect(dialed()).toEqual([]);
});

test('a number that was edited away during a call ends with how the call went', async () => {
	polyAi.set({ outcome: 'no-answer', callingMs: 600_000 });
	await add([ann]);
	await runOnce();
	edit({ phoneNumber: '' });
	pass(15);
	expect(await runOnce()).toMatchObject([{ outcome: 'refused', attempts: 1, status: 'failure' }]);
	expect(dialed()).toEqual([ann]);
});

test('a voicemail counts as not reached if that is wanted, once PolyAI tells who answered', async () => {
	polyAi.set({ versions: ['g3', 'conversations'], outcome: 'voicemail', addedMs: 20_000 });
	const credentials = {
		...agentsCredentialFor(polyAi),
		polyAiDataTablesApi: { baseUrl: n8n.url, apiKey: 'k' },
	};
	await add([ann]);
	const run = async () =>
		await on('run', {
			items: [{}],
			credentials,
			fields: { ...PLAN, authentication: 'agentsApi', maxAttempts: 1 },
			options: { voicemailCountsAs: 'notReached' },
		});
	const first = await run();
	pass(5);
	const second = await run();
	expect([...first.items, ...second.items].map(({ json }) => json)).toMatchObject([
		{ phoneNumber: ann, outcome: 'notReached', status: 'success' },
	]);
	expect(dialed()).toEqual([ann]);
});

test('an item without a person stops no one, and says what is missing', async () => {
	await add([ann]);
	const { error } = await on('stopPerson', { items: [{}], fields: { who: '={{ "" }}' } });
	expect(error?.message).toMatch(/empty|who/i);
	expect(people.rows[0]).toMatchObject({ state: 'waiting' });
});

test('people are listed by several states, or all of them', async () => {
	await add([ann, bob]);
	await on('stopPerson', { items: [{}], fields: { who: bob } });
	await runOnce();
	const list = async (states: unknown) => {
		const { items } = await on('getPeople', {
			items: [{}],
			fields: { states: states as string[] },
		});
		return items.map(({ json }) => json.phoneNumber).sort();
	};
	expect(await list(['calling', 'waiting', 'ended'])).toEqual([ann, bob]);
	expect(await list(['ended'])).toContain(bob);
	expect(await list('={{ "ended, waiting" }}')).toEqual(await list(['ended', 'waiting']));
	expect(await list([])).toEqual([ann, bob]);
});

test('pauses may be a list, and a text that is no number of minutes calls no one', async () => {
	polyAi.set({ outcome: 'no-answer' });
	await add([ann]);
	const wrong = await on('run', { items: [{}], fields: { ...PLAN, tryAgainAfter: '120, soon' } });
	expect(wrong.error?.message).toBe("'Try Again After' can't be read");
	expect(dialed()).toEqual([]);
	await runOnce({}, { tryAgainAfter: '={{ [10, 20] }}' });
	pass(5);
	await runOnce({}, { tryAgainAfter: '={{ [10, 20] }}' });
	expect(dialed()).toEqual([ann]);
	pass(11);
	await runOnce({}, { tryAgainAfter: '={{ [10, 20] }}' });
	expect(dialed()).toEqual([ann, ann]);
});

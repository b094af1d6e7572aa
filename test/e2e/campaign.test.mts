import { describeWith, HAS } from '../support/e2e/capabilities.mts';
import {
	AFTER_ALL_CLAIMS_MS,
	everybodyHasEnded,
	expectCampaignHeld,
	unclearOf,
} from '../support/e2e/expectCampaign.mts';
import { expectSameAnswers } from '../support/e2e/expectSameAnswers.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';
import {
	numbersOf,
	SHORT_CALLS,
	startCampaign,
	type RunningCampaign,
} from '../support/e2e/runningCampaign.mts';
import { until } from '../support/n8n/until.mts';

jest.setTimeout(600_000);

const people = numbersOf(300);

/** Calls that a run, or the next one that has begun meanwhile, has in its hands at once. */
const MOST_AT_WORK = 20;

describeWith(HAS.dataTables)('a campaign of 300 people', () => {
	let n8n: Instance;
	let campaign: RunningCampaign;
	beforeAll(async () => {
		n8n = await startInstance();
		n8n.polyAi.set(SHORT_CALLS);
	});
	afterAll(async () => {
		await n8n?.close();
		await campaign?.close();
	});

	test('its table answers as the one in memory does, on which the other tests rely', async () => {
		await expectSameAnswers(n8n);
	});

	test('n8n is killed three times: nobody is called twice, and everybody’s end comes out', async () => {
		const { dials } = n8n.polyAi.journal;
		campaign = await startCampaign(n8n, people);
		for (const [calls, aheadMs] of [
			[60, 0],
			[150, 0],
			[250, AFTER_ALL_CLAIMS_MS],
		] as const) {
			await until(`${calls} calls`, () => dials.length >= calls || undefined);
			await n8n.n8n.kill();
			await n8n.restart(aheadMs);
		}
		await everybodyHasEnded(campaign);
		await expectCampaignHeld(n8n, campaign, people);
		expect(await unclearOf(campaign)).toBeLessThanOrEqual(3 * MOST_AT_WORK);
		// The campaign is over: nothing comes out again.
		expect(campaign.putOut.length).toBeLessThan(people.length + 3 * MOST_AT_WORK);
	});
});

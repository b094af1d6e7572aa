import {
	AFTER_ALL_CLAIMS_MS,
	everybodyHasEnded,
	expectCampaignHeld,
} from '../support/e2e/expectCampaign.mts';
import { expectSameAnswers } from '../support/e2e/expectSameAnswers.mts';
import { startQueueMode, type QueueMode } from '../support/e2e/queueMode.mts';
import {
	numbersOf,
	SHORT_CALLS,
	startCampaign,
	type RunningCampaign,
} from '../support/e2e/runningCampaign.mts';
import { until } from '../support/n8n/until.mts';

jest.setTimeout(600_000);

const people = numbersOf(300);

let n8n: QueueMode;
let campaign: RunningCampaign;
beforeAll(async () => {
	n8n = await startQueueMode();
	n8n.polyAi.set(SHORT_CALLS);
});
afterAll(async () => {
	await n8n?.close();
	await campaign?.close();
});

test('a campaign’s table answers as the one in memory does, in Postgres as well', async () => {
	await expectSameAnswers(n8n);
});

test('two workers run one campaign, one dies, the others are updated: nobody is called twice, and everybody’s end comes out', async () => {
	const { dials } = n8n.polyAi.journal;
	campaign = await startCampaign(n8n, people, 2);
	const [first, second] = n8n.workers;
	await until('both workers are at it', () => {
		const areBoth = [first, second].every((one) => one?.log().includes('started execution'));
		return (areBoth && dials.length >= 80) || undefined;
	});
	await first?.kill();
	await n8n.addWorker();

	await until('160 calls', () => dials.length >= 160 || undefined);
	// The workers go on meanwhile, and can't reach their table.
	await n8n.n8n.stop();
	await n8n.restart();
	for (const worker of n8n.workers.slice(1, 3)) {
		await worker.stop();
		await n8n.addWorker(AFTER_ALL_CLAIMS_MS);
	}

	await everybodyHasEnded(campaign);
	await expectCampaignHeld(n8n, campaign, people);
});

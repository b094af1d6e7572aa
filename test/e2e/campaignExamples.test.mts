import type { IDataObject } from 'n8n-workflow';
import {
	campaignProblems,
	importCampaign,
	runCampaign,
	type ImportedCampaign,
} from '../../scripts/demo/campaign.mts';
import { describeWith, HAS } from '../support/e2e/capabilities.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';
import { readExample } from '../support/n8n/example.mts';
import { startMailServer, type MailServer } from '../support/n8n/mailServer.mts';
import { outputOf } from '../support/n8n/restClient.mts';

jest.setTimeout(600_000);

describeWith(HAS.dataTables)('the examples of campaigns', () => {
	let n8n: Instance;
	let mail: MailServer;
	let campaign: ImportedCampaign;
	let people: Array<Record<string, unknown>>;
	beforeAll(async () => {
		n8n = await startInstance();
		mail = await startMailServer();
		campaign = await importCampaign(n8n.client, n8n.polyAi);
		people = await runCampaign(n8n.client, campaign.workflowId);
	});
	afterAll(async () => {
		await n8n?.close();
		await mail?.close();
	});

	test('a spreadsheet: all are called as the plan says, each comes out once, a bad number with the reason', () => {
		expect(campaignProblems(people, n8n.polyAi.journal.dials)).toEqual([]);
		expect(people.at(-1)).toMatchObject({
			name: 'Eve',
			result: 'Not added',
			reason: expect.stringContaining('no such number'),
		});
	});

	test('a spreadsheet whose rows are added again calls no one again', async () => {
		const { length } = n8n.polyAi.journal.dials;
		const adding = await n8n.client.run(campaign.workflowId, 'Start');
		const added = outputOf(adding, 'Add to the Campaign').map(({ json }) => json);
		expect(added.map(({ isNew, state }) => [isNew, state])).toEqual(
			Array(5).fill([false, 'ended']),
		);
		const run = await n8n.client.run(campaign.workflowId, 'Every Minute');
		expect(outputOf(run, 'Results')).toEqual([]);
		expect(n8n.polyAi.journal.dials).toHaveLength(length);
	});

	test('the daily report: an email with a bar for each outcome', async () => {
		const server = { host: '127.0.0.1', port: mail.port, secure: false, disableStartTls: true };
		const smtp = await n8n.client.createCredential('smtp', server);
		const example = readExample('campaign-daily-report.json', { ...campaign.credentials, smtp });
		const { id } = await n8n.client.createWorkflow(example);
		const execution = await n8n.client.run(id, 'Start');

		expect(outputOf(execution, 'Progress').map(({ json }) => json)).toEqual([
			expect.objectContaining<IDataObject>({ people: 5, ended: 5, reached: 3, notReached: 2 }),
		]);
		const [{ source, body } = { source: '', body: '' }] = mail.mails;
		expect(source).toMatch(/^Subject: Campaign: 5 of 5 done, 3 reached$/m);
		expect(body.match(/bgcolor="#\w+" width="\d+"/g)).toEqual([
			'bgcolor="#2e7d32" width="192"',
			'bgcolor="#c62828" width="128"',
		]);
		expect(body).not.toContain('<script');
	});
});

import { statSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { startInstance } from '../../test/support/e2e/instance.mts';
import { callWorkflow } from '../../test/support/e2e/workflow.mts';
import { openEditor } from '../../test/support/n8n/browser.mts';
import { startChatModel } from '../../test/support/n8n/chatModel.mts';
import { readExample } from '../../test/support/n8n/example.mts';
import { somebodyBetween } from '../../test/support/n8n/fictionalPeople.mts';
import { createOwnTable } from '../../test/support/n8n/ownTable.mts';
import { importCampaign, runCampaign } from '../demo/campaign.mts';
import { EXAMPLE as REMINDERS } from '../demo/reminders.mts';

/** The README's pictures, taken from the running editor. */
const MOST_BYTES = 300_000;
const NORMAL = { width: 1440, height: 900 };

const n8n = await startInstance();
const { url: baseUrl, token } = n8n.polyAi;
const login = { region: 'custom', baseUrl, token };
const polyAiApi = await n8n.client.createCredential('polyAiApi', login, 'PolyAI');
const model = await startChatModel();
const { browser, page } = await openEditor(n8n.n8n.url);
try {
	await reminders();
	await crm();
	await campaign();
	await agent();
	await failedItem();
	await checkedNumbers();
} finally {
	await browser.close();
	await n8n.close();
	await model.close();
}

async function reminders(): Promise<void> {
	const example = readExample(REMINDERS, { polyAiApi });
	const rows = example.nodes.find(({ name }) => name === 'Rows of the Spreadsheet');
	const table = await createOwnTable(n8n.client, 'Patients', [{ name: 'Ada', phone: '' }]);
	const chosen = { __rl: true, mode: 'list', value: table, cachedResultName: 'Patients' };
	Object.assign(rows?.parameters ?? {}, { dataTableId: chosen });
	await open((await n8n.client.createWorkflow(example)).id);
	await page.getByTestId('execute-workflow-button').click();
	await page.getByText('Workflow executed successfully').waitFor();
	await page.getByTestId('zoom-to-fit').click();
	await settled(page);
	await page.getByText('Workflow executed successfully').waitFor({ state: 'hidden' });
	await picture('reminders', { x: 140, y: 160, width: 1230, height: 640 });

	await page.getByTestId('canvas-node').filter({ hasText: 'Call the Patients' }).dblclick();
	await page.getByTestId('parameter-input-phoneNumber').waitFor();
	await settled(page);
	await picture('call-the-patients');
}

/** The CRM flow: calling above, what comes back below. */
async function crm(): Promise<void> {
	const data = { baseUrl: n8n.n8n.url, apiKey: await n8n.client.createApiKey() };
	const polyAiDataTablesApi = await n8n.client.createCredential(
		'polyAiDataTablesApi',
		data,
		'Call log',
	);
	const example = readExample('crm-lead-call.json', { polyAiApi, polyAiDataTablesApi });
	await open((await n8n.client.createWorkflow(example)).id);
	await page.setViewportSize({ width: 1440, height: 1100 });
	await page.getByTestId('zoom-to-fit').click();
	await settled(page);
	await picture('crm-lead-call', { x: 42, y: 150, width: 1398, height: 950 });
	await page.setViewportSize(NORMAL);
}

/** The campaign's workflow, and its table after everyone was called. */
async function campaign(): Promise<void> {
	const { workflowId } = await importCampaign(n8n.client, n8n.polyAi);
	await runCampaign(n8n.client, workflowId);
	await open(workflowId);
	await page.setViewportSize({ width: 1440, height: 1100 });
	await page.getByTestId('zoom-to-fit').click();
	await settled(page);
	await picture('campaign', { x: 140, y: 165, width: 1200, height: 832 });

	await page.goto(`${n8n.n8n.url}/home/datatables`);
	await page.getByText('PolyAI campaign').first().click();
	await page.getByText('+442079460001').first().waitFor();
	await settled(page);
	await picture('campaign-table', { x: 42, y: 0, width: 1398, height: 360 });
	await page.setViewportSize(NORMAL);
}

/**
 * The AI Agent after a call; its model's answers are scripted here, the call is the simulator's.
 */
async function agent(): Promise<void> {
	const data = { apiKey: 'not-a-key', url: model.url };
	const openAiApi = await n8n.client.createCredential('openAiApi', data, 'OpenAI');
	const example = readExample('ai-agent-with-a-phone.json', { polyAiApi, openAiApi });
	const number = somebodyBetween('08:00', '20:30');
	model.willSay(
		[
			{
				tool: 'Call_a_Person',
				arguments: { Phone_Number: number, Purpose: 'An appointment tomorrow' },
			},
		],
		'Ada was reached and reminded.',
	);
	await open((await n8n.client.createWorkflow(example)).id);
	await page.getByTestId('workflow-chat-button').click();
	const input = page.getByTestId('chat-input');
	await input.fill(`Please remind Ada at ${number} of her appointment tomorrow`);
	await input.press('Enter');
	await page.getByText('reached and reminded').first().waitFor();
	await page.getByText('Workflow executed successfully').waitFor({ state: 'hidden' });
	await page.setViewportSize({ width: 1440, height: 1100 });
	await page.getByTestId('zoom-to-fit').click();
	await page.getByTestId('zoom-out-button').click();
	await settled(page);
	await picture('ai-agent', { x: 42, y: 150, width: 1398, height: 950 });
	await page.setViewportSize(NORMAL);
}

/** The most common mistake, and what the node says about it. */
async function failedItem(): Promise<void> {
	const rows = [{ name: 'Ada', phone: '020 7946 0001' }];
	const parameters = { phoneNumber: '={{ $json.phone }}', options: {} };
	const workflow = callWorkflow({ ...n8n, credential: polyAiApi }, rows, parameters);
	for (const [index, node] of workflow.nodes.entries()) node.position = [index * 220, 0];
	await open((await n8n.client.createWorkflow(workflow)).id);
	await page.getByTestId('canvas-node').filter({ hasText: 'PolyAI' }).dblclick();
	await page.getByTestId('node-execute-button').click();
	await page.getByTestId('output-panel').getByText('which country').first().waitFor();
	await settled(page);
	await picture('failed-item', { x: 25, y: 25, width: 1390, height: 560 });
}

/** What Validate says about cells as people write them. */
async function checkedNumbers(): Promise<void> {
	const cells = [
		'020 7946 0018 / 19',
		'020 7946 0018',
		'05.10.1986',
		'Tel. +44 7400 123456 (mobile)',
		'020 7946 0018 ext. 5',
		'4.42079E+11',
		'33 6 17 15 35 73',
	];
	const parameters = {
		...{ resource: 'phoneNumber', operation: 'validate', phoneNumber: '={{ $json.phone }}' },
		...{ defaultCountry: 'GB', options: { ifInvalid: 'returnInvalid' } },
	};
	const rows = cells.map((phone) => ({ phone }));
	const workflow = callWorkflow({ ...n8n, credential: polyAiApi }, rows, parameters);
	for (const [index, node] of workflow.nodes.entries()) node.position = [index * 220, 0];
	await open((await n8n.client.createWorkflow(workflow)).id);
	await page.getByTestId('canvas-node').filter({ hasText: 'PolyAI' }).dblclick();
	await page.getByTestId('node-execute-button').click();
	const output = page.getByTestId('output-panel');
	await output.getByText('is more than one number').first().waitFor();
	await settled(page);
	await picture('checked-numbers', { x: 25, y: 25, width: 1390, height: 640 });
}

async function open(workflowId: string): Promise<void> {
	await page.goto(`${n8n.n8n.url}/workflow/${workflowId}`);
	await page.getByTestId('canvas-node').first().waitFor();
	await settled(page);
}

/** Lets the editor's animations end. */
async function settled(shown: Page): Promise<void> {
	await shown.waitForTimeout(1500);
}

async function picture(
	name: string,
	clip?: { x: number; y: number; width: number; height: number },
): Promise<void> {
	const path = `docs/${name}.png`;
	await page.screenshot({ path, clip });
	const { size } = statSync(path);
	console.log(`${path}: ${Math.round(size / 1000)} kB`);
	if (size > MOST_BYTES) throw new Error(`${path} is larger than ${MOST_BYTES / 1000} kB`);
}

import type { INode } from 'n8n-workflow';
import type { Browser, Locator, Page } from 'playwright-core';
import { join } from 'node:path';
import { CACHE } from '../../scripts/setup/installed.mts';
import { openEditor } from '../support/n8n/browser.mts';
import { until } from '../support/n8n/until.mts';
import { HAS, testWith } from '../support/e2e/capabilities.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';
import { callWorkflow, node, to } from '../support/e2e/workflow.mts';

jest.setTimeout(600_000);

let n8n: Instance;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	n8n = await startInstance();
	({ browser, page } = await openEditor(n8n.n8n.url));
});

afterAll(async () => {
	await browser?.close();
	await n8n?.close();
});

test('a person finds the node by “phone”, fills it in, runs it and sees the call SID', async () => {
	await page.goto(`${n8n.n8n.url}/workflow/new`);
	await page.getByTestId('canvas-plus-button').click();
	await page.getByText('Trigger manually').first().click();
	await page.getByTestId('canvas-handle-plus').first().click();
	for (const word of ['reminder', 'dial', 'voice', 'call', 'phone']) {
		await page.getByPlaceholder('Search nodes').fill(word);
		await page.getByText('PolyAI Outbound', { exact: true }).first().waitFor();
	}
	await page.getByText('PolyAI Outbound', { exact: true }).first().click();
	await page.getByText('Trigger call', { exact: true }).first().click();
	const output = page.getByTestId('output-panel');
	await page.getByTestId('parameter-input-resource').waitFor();
	const phoneNumber = page.getByTestId('parameter-input-phoneNumber').locator('input');
	await phoneNumber.fill('020 7946 0018');
	await output.getByText("Choose a 'Default Country'").waitFor();
	await page.screenshot({ path: join(CACHE, 'editor-hint.png') });
	await phoneNumber.fill('+44 20 7946 0018');
	await output.getByText("Choose a 'Default Country'").waitFor({ state: 'hidden' });
	await page.getByTestId('node-execute-button').click();

	await output.getByText('+442079460018').first().waitFor();
	const [dial] = n8n.polyAi.journal.dials;
	expect(dial?.number).toBe('+442079460018');
	await output
		.getByText(dial?.callSid ?? 'no call')
		.first()
		.waitFor();
	await page.screenshot({ path: join(CACHE, 'editor.png') });
});

test('the trigger’s credential for data tables is labeled as such, and an existing one can be chosen', async () => {
	const data = { apiKey: 'key', baseUrl: '' };
	await n8n.client.createCredential('polyAiDataTablesApi', data, 'My data tables');
	const parameters = { source: 'callLog' };
	const { id } = await n8n.client.createWorkflow({
		name: 'Ended calls',
		nodes: [node('Ended', 'n8n-nodes-polyai.polyAiOutboundTrigger', 1, parameters)],
		connections: {},
	});
	await page.goto(`${n8n.n8n.url}/workflow/${id}`);
	await page.getByTestId('canvas-node').first().dblclick();
	await page.getByTestId('parameter-input-source').waitFor();
	await page.getByText('Credential for PolyAI Data Tables API').waitFor();
	await page.getByTestId('node-credentials-select').last().click();
	await page.getByRole('option', { name: 'My data tables' }).first().click();
	await page.screenshot({ path: join(CACHE, 'editor-credentials.png') });
	expect(
		await page.getByTestId('node-credentials-select').last().locator('input').inputValue(),
	).toBe('My data tables');
});

test('a call log that is added by hand asks for its credential, and n8n publishes only with one', async () => {
	const workflow = callWorkflow(n8n, [], { phoneNumber: '+44 20 7946 0018', options: {} });
	workflow.nodes[0] = node('Start', 'n8n-nodes-base.scheduleTrigger', 1.2, {});
	const { id } = await n8n.client.createWorkflow(workflow);
	await n8n.client.activate(id);
	await n8n.client.deactivate(id);

	await page.goto(`${n8n.n8n.url}/workflow/${id}`);
	await page.getByTestId('canvas-node').filter({ hasText: 'PolyAI' }).dblclick();
	await page.getByTestId('parameter-input-phoneNumber').waitFor();
	expect(await page.getByText('Credential for PolyAI Data Tables API').count()).toBe(0);
	await page.getByPlaceholder('Add option').click();
	await page.getByRole('option', { name: 'Call Log' }).click();
	await page.getByText('Credential for PolyAI Data Tables API').waitFor();
	await page.screenshot({ path: join(CACHE, 'editor-call-log.png') });

	await page.keyboard.press('Control+s');
	await until('the editor has saved it', async () => {
		const saved = await n8n.client.request<{ nodes: INode[] }>('GET', `/rest/workflows/${id}`);
		const { options } = saved.nodes.find(({ name }) => name === 'PolyAI')?.parameters ?? {};
		return (options as { callLog?: object } | undefined)?.callLog;
	});
	if (!HAS.checksAtPublication) return;
	// Nobody publishes what somebody else has open.
	await page.goto(`${n8n.n8n.url}/home/workflows`);
	await expect(n8n.client.activate(id)).rejects.toThrow(/PolyAI Data Tables|polyAiDataTablesApi/);
});

/** n8n marks the field itself, or what is around it. */
function inputOf(place: Page | Locator, id: string): Locator {
	const marked = `[data-test-id=${id}]`;
	return place.locator(`input${marked}, ${marked} input`).filter({ visible: true }).first();
}

testWith(HAS.dataTables)(
	'a campaign is created from its list, and only a run of it asks for PolyAI’s credential',
	async () => {
		const data = { apiKey: await n8n.client.createApiKey(), baseUrl: '' };
		await n8n.client.createCredential('polyAiDataTablesApi', data, 'My campaigns');
		const { id } = await n8n.client.createWorkflow({
			name: 'Campaign',
			nodes: [node('Every Minute', 'n8n-nodes-base.scheduleTrigger', 1.2, {})],
			connections: {},
		});
		await page.goto(`${n8n.n8n.url}/workflow/${id}`);
		await page.getByTestId('canvas-handle-plus').first().click();
		await page.getByPlaceholder('Search nodes').fill('campaign');
		await page.getByText('PolyAI Outbound', { exact: true }).first().click();
		await page.getByText('Run campaign', { exact: true }).first().click();
		await page.getByTestId('parameter-input-maxLiveCalls').waitFor();
		const credentials = page.getByTestId('node-credentials-select');
		const ofTables = page.getByText('Credential for PolyAI Data Tables API');
		await ofTables.waitFor();
		await credentials.first().click();
		await page.getByRole('option', { name: n8n.credential.name }).first().click();
		await credentials.last().click();
		await page.getByRole('option', { name: 'My campaigns' }).first().click();

		const campaign = page.getByTestId('resource-locator-campaign');
		await campaign.getByTestId('rlc-mode-selector').click();
		await page.getByRole('option', { name: 'From List' }).first().click();
		await campaign.getByTestId('rlc-input').click();
		await page.getByTestId('rlc-item-add-resource').filter({ visible: true }).waitFor();
		await page.screenshot({ path: join(CACHE, 'editor-campaign-list.png') });
		await inputOf(page, 'rlc-search').fill('Autumn');
		await page.getByTestId('rlc-item-add-resource').filter({ visible: true }).click();
		// n8n shows the new table by its ID, or by its name once it has loaded the list again.
		await until('the campaign has been created and chosen', async () => {
			const chosen = await inputOf(campaign, 'rlc-input').inputValue();
			return (chosen !== '' && chosen !== 'PolyAI campaign') || undefined;
		});
		await page.screenshot({ path: join(CACHE, 'editor-campaign.png') });
		expect(await credentials.count()).toBe(2);

		await page.getByTestId('parameter-input-operation').click();
		await page.getByRole('option', { name: 'Add Person' }).first().click();
		await page.getByTestId('parameter-input-person').waitFor();
		await ofTables.waitFor();
		await page.screenshot({ path: join(CACHE, 'editor-campaign-person.png') });
		expect(await credentials.count()).toBe(1);
	},
);

test('before anything has run, the next node is offered the fields that will come out', async () => {
	const parameters = { resource: 'call', operation: 'triggerAndWait', options: {} };
	const workflow = callWorkflow(n8n, [], { ...parameters, phoneNumber: '+44 20 7946 0018' });
	const { id } = await n8n.client.createWorkflow({
		...workflow,
		nodes: [...workflow.nodes, node('Note', 'n8n-nodes-base.set', 3.4, { options: {} })],
		connections: { ...workflow.connections, PolyAI: to('Note') },
	});
	await page.goto(`${n8n.n8n.url}/workflow/${id}`);
	const placed = page.getByTestId('canvas-node').filter({ hasText: 'Call: Trigger and Wait' });
	await placed.waitFor();
	await page.screenshot({ path: join(CACHE, 'editor-canvas.png') });
	await page.getByTestId('canvas-node').filter({ hasText: 'Note' }).dblclick();
	const input = page.getByTestId('ndv-input-panel');
	for (const field of ['callSid', 'status', 'phoneNumber', 'waitedSeconds', 'nextAllowedAt']) {
		await input.getByText(field, { exact: true }).first().waitFor();
	}
	await page.screenshot({ path: join(CACHE, 'editor-fields.png') });
});

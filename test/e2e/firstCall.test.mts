import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { CACHE } from '../../scripts/setup/installed.mts';
import { openEditor } from '../n8n/browser.mts';
import { describeWith, HAS } from './capabilities.mts';
import { startInstance, type Instance } from './instance.mts';

jest.setTimeout(300_000);

/** From an empty n8n, by the words of the README, with the simulator in PolyAI's place. */
describeWith(HAS.dataTables)('a person who has just installed the package', () => {
	let n8n: Instance;
	let browser: Browser;
	let page: Page;
	beforeAll(async () => {
		n8n = await startInstance();
		await n8n.client.request('DELETE', `/rest/credentials/${n8n.credential.id}`);
		({ browser, page } = await openEditor(n8n.n8n.url));
	});
	afterAll(async () => {
		await browser?.close();
		await n8n?.close();
	});

	const seen = async (name: string) => {
		await page.screenshot({ path: join(CACHE, `first-call-${name}.png`) });
	};

	const field = (name: string) => page.getByTestId(`parameter-input-${name}`);

	async function createCredential(type: string, fill: () => Promise<void>): Promise<void> {
		await page.goto(`${n8n.n8n.url}/home/credentials`);
		await page.getByTestId('add-resource-credential').click();
		await page.keyboard.type('PolyAI');
		await page.getByRole('option', { name: type, exact: true }).click();
		await page.getByText('Continue', { exact: true }).click();
		await fill();
		await page.getByTestId('credential-save-button').click();
		await page.getByText('Connection tested successfully').waitFor();
		await seen(type);
	}

	test('creates the credential, which n8n tests', async () => {
		await createCredential('PolyAI API', async () => {
			await field('region').click();
			await page.getByRole('option', { name: 'Custom' }).click();
			await field('baseUrl').locator('input').fill(n8n.polyAi.url);
			await field('token').locator('input').fill(n8n.polyAi.token);
		});
		expect(n8n.polyAi.journal.dials).toEqual([]);
	});

	test('creates the one for data tables with an API key and nothing else', async () => {
		const apiKey = await n8n.client.createApiKey();
		await createCredential('PolyAI Data Tables API', async () => {
			await field('apiKey').locator('input').fill(apiKey);
		});
	});

	test('places the first call, and finds it in the call log, whose table was made by itself', async () => {
		await page.goto(`${n8n.n8n.url}/workflow/new`);
		await page.getByTestId('canvas-plus-button').click();
		await page.getByText('Trigger manually').first().click();
		await page.getByTestId('canvas-handle-plus').first().click();
		await page.getByPlaceholder('Search nodes').fill('PolyAI');
		await page.getByText('PolyAI Outbound', { exact: true }).first().click();
		await page.getByText('Trigger a call', { exact: true }).first().click();
		await field('phoneNumber').locator('input').fill('+44 20 7946 0018');
		await page.getByPlaceholder('Add option').click();
		await page.getByRole('option', { name: 'Call Log' }).click();
		await page.getByText('Credential for PolyAI Data Tables API').waitFor();
		await page.getByTestId('node-credentials-select').last().click();
		await page.getByRole('option', { name: 'PolyAI Data Tables' }).first().click();
		await page.getByTestId('node-execute-button').click();

		const output = page.getByTestId('output-panel');
		await output.getByText('+442079460018').first().waitFor();
		await seen('called');
		const [dial] = n8n.polyAi.journal.dials;
		expect(n8n.polyAi.journal.dials).toHaveLength(1);
		await page.goto(`${n8n.n8n.url}/home/datatables`);
		await page.getByText('PolyAI calls').first().click();
		await page
			.getByText(dial?.callSid ?? 'no call')
			.first()
			.waitFor();
		await seen('call-log');
	});
});

import { statSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { startInstance } from '../test/e2e/instance.mts';
import { openEditor } from '../test/n8n/browser.mts';
import { importReminders } from './demo/reminders.mts';

/** The README's pictures, taken from the running editor. */
const MOST_BYTES = 300_000;

const n8n = await startInstance();
const { browser, page } = await openEditor(n8n.n8n.url);
try {
	const workflowId = await importReminders(n8n.client, n8n.polyAi);
	await page.goto(`${n8n.n8n.url}/workflow/${workflowId}`);
	await page.getByText('Call the Patients').first().waitFor();
	await page.getByTestId('execute-workflow-button').click();
	await page.getByText('Workflow executed successfully').waitFor();
	await page.getByTestId('zoom-to-fit').click();
	await settled(page);
	await picture(page, 'reminders', { x: 130, y: 225, width: 1260, height: 510 });

	await page.getByTestId('canvas-node').filter({ hasText: 'Trigger a call' }).dblclick();
	await page.getByTestId('parameter-input-phoneNumber').waitFor();
	await settled(page);
	await picture(page, 'call-the-patients');
} finally {
	await browser.close();
	await n8n.close();
}

/** Lets the editor's animations end. */
async function settled(shown: Page): Promise<void> {
	await shown.waitForTimeout(1500);
}

async function picture(
	shown: Page,
	name: string,
	clip?: { x: number; y: number; width: number; height: number },
): Promise<void> {
	const path = `docs/${name}.png`;
	await shown.screenshot({ path, clip });
	const { size } = statSync(path);
	console.log(`${path}: ${Math.round(size / 1000)} kB`);
	if (size > MOST_BYTES) throw new Error(`${path} is larger than ${MOST_BYTES / 1000} kB`);
}

import { chromium, selectors, type Browser, type Page } from 'playwright-core';
import { installedChromium } from '../../../scripts/setup/n8n.mts';
import { OWNER } from './restClient.mts';

/** Without these, Chromium contacts hosts of its own. */
const ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** As n8n marks its parts for tests. */
selectors.setTestIdAttribute('data-test-id');

/** A person at n8n's editor: a headless Chromium that has logged in. */
export async function openEditor(
	url: string,
	colorScheme: 'light' | 'dark' = 'light',
): Promise<{ browser: Browser; page: Page }> {
	const executablePath = await installedChromium();
	const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
	const viewport = { width: 1440, height: 900 };
	const page = await browser.newPage({ viewport, colorScheme });
	page.setDefaultTimeout(30_000);
	// Pictures and fonts from n8n's own hosts: there is no internet here, and none is needed.
	await page.route(
		// The chat sends its messages to n8n under its own name for this machine.
		({ hostname }) => hostname !== '127.0.0.1' && hostname !== 'localhost',
		(route) => route.abort(),
	);
	await page.goto(`${url}/signin`);
	await page.locator('input[name=emailOrLdapLoginId]').fill(OWNER.email);
	await page.locator('input[name=password]').fill(OWNER.password);
	await page.locator('input[name=password]').press('Enter');
	await page.waitForURL((target) => !target.pathname.includes('signin'));
	return { browser, page };
}

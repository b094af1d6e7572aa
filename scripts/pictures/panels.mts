import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { operations } from '../../nodes/PolyAiOutbound/operations.ts';
import { sources } from '../../nodes/PolyAiOutboundTrigger/sources/sources.ts';
import { startInstance } from '../../test/support/e2e/instance.mts';
import { node } from '../../test/support/e2e/workflow.mts';
import { openEditor } from '../../test/support/n8n/browser.mts';
import { CACHE } from '../setup/installed.mts';

/**
 * A picture of every operation and of every source of the trigger, with all options added, light
 * and dark, for review in `.cache/panels/`.
 */
const FOLDER = join(CACHE, 'panels');

/** All of the longest panel fits. */
const VIEWPORT = { width: 1440, height: 2300 };

interface Panel {
	name: string;
	type: 'polyAiOutbound' | 'polyAiOutboundTrigger';
	parameters: Record<string, unknown>;
}

const actions: Panel[] = operations.map(({ resource, value, options }) => ({
	name: `${resource}-${value}`,
	type: 'polyAiOutbound',
	parameters: {
		...{ authentication: 'agentsApi', resource, operation: value },
		options: Object.fromEntries(options.map(({ field }) => [field.name, field.default])),
	},
}));

const triggers: Panel[] = sources.map(({ value }) => ({
	name: `trigger-${value}`,
	type: 'polyAiOutboundTrigger',
	parameters: { authentication: 'agentsApi', source: value },
}));

mkdirSync(FOLDER, { recursive: true });
const n8n = await startInstance({}, 'g3');
const data = { apiKey: await n8n.client.createApiKey(), baseUrl: '' };
const credentials = {
	[n8n.credentialType]: n8n.credential,
	polyAiDataTablesApi: await n8n.client.createCredential(
		'polyAiDataTablesApi',
		data,
		'Data tables',
	),
};
try {
	for (const colors of ['light', 'dark'] as const) await takeAll(colors);
	console.log(`The pictures are in ${FOLDER}.`);
} finally {
	await n8n.close();
}

async function takeAll(colors: 'light' | 'dark'): Promise<void> {
	const { browser, page } = await openEditor(n8n.n8n.url, colors);
	await page.setViewportSize(VIEWPORT);
	for (const { name, type, parameters } of [...actions, ...triggers]) {
		const shown = {
			...node('PolyAI', `n8n-nodes-polyai.${type}`, 1, parameters as never),
			credentials,
		};
		const { id } = await n8n.client.createWorkflow({ name, nodes: [shown], connections: {} });
		await page.goto(`${n8n.n8n.url}/workflow/${id}`);
		await page.getByTestId('canvas-node').first().dblclick();
		const panel = page.locator('.node-parameters-wrapper');
		await panel.waitFor();
		await page.waitForTimeout(1500);
		await panel.screenshot({ path: join(FOLDER, `${name}-${colors}.png`) });
		console.log(`${name}, ${colors}`);
	}
	await browser.close();
}

import { readFileSync } from 'node:fs';
import type { INode } from 'n8n-workflow';
import type { Browser, Page } from 'playwright-core';
import type { Operation } from '../../nodes/PolyAiOutbound/operation.ts';
import { operations } from '../../nodes/PolyAiOutbound/operations.ts';
import { openEditor } from '../support/n8n/browser.mts';
import { createOwnTable } from '../support/n8n/ownTable.mts';
import { Person } from '../support/n8n/person.mts';
import { until } from '../support/n8n/until.mts';
import { describeWith, HAS } from '../support/e2e/capabilities.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';
import { callWorkflow } from '../support/e2e/workflow.mts';

jest.setTimeout(600_000);

let n8n: Instance;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	n8n = await startInstance();
	const { url: baseUrl, token } = n8n.polyAi;
	// As n8n names it: the examples find it by this name.
	await n8n.client.createCredential(
		'polyAiApi',
		{ region: 'custom', baseUrl, token },
		'PolyAI account',
	);
	if (HAS.dataTables) {
		const data = { apiKey: await n8n.client.createApiKey(), baseUrl: '' };
		await n8n.client.createCredential('polyAiDataTablesApi', data, 'My data tables');
	}
	({ browser, page } = await openEditor(n8n.n8n.url));
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
});

afterAll(async () => {
	await browser?.close();
	await n8n?.close();
});

beforeEach(() => n8n.polyAi.reset());

const WAYS_TO_OWN_ROWS: Array<[string, number, (person: Person) => Promise<void>]> = [
	[
		'chosen in the node that has the sample rows',
		10,
		async (person) => {
			await person.opens('Rows of the Spreadsheet');
			await person.clicks(page.getByTestId('ndv-unpin-data'));
		},
	],
	[
		'of another node in its place',
		14,
		async (person) => {
			await person.replaces('Rows of the Spreadsheet');
			await person.types('data table', page.getByPlaceholder('Search nodes'));
			await person.clicks('Data table');
			await person.clicks('Get row(s)');
		},
	],
];

describeWith(HAS.dataTables)('the spreadsheet example on one’s own rows', () => {
	beforeAll(async () => {
		await createOwnTable(n8n.client, 'Patients', [
			{ patient: 'Ada', phone: '020 7946 0001' },
			{ patient: 'Ben', phone: '020 7946 0002' },
			{ patient: 'Cleo', phone: 'n/a' },
		]);
	});

	test.each(WAYS_TO_OWN_ROWS)(
		'%s: at most %d actions to a table of results',
		async (way, most, chooseRows) => {
			const person = new Person(page, `spreadsheet, rows ${way}`);
			await page.goto(`${n8n.n8n.url}/workflow/new`);
			await page.getByTestId('canvas-plus-button').waitFor();
			await person.pastes(readFileSync('examples/spreadsheet-reminders.json', 'utf8'));
			await person.saves();

			await chooseRows(person);
			await person.clicks(person.field('dataTableId').locator('input').last());
			await person.clicks('Patients');
			await person.closesNode();
			// n8n chooses the credential as soon as somebody looks.
			await person.opens('Call the Patients');
			await person.field('phoneNumber').waitFor();
			await person.closesNode();
			await person.clicks(page.getByTestId('execute-workflow-button'));
			await person.sees('Workflow executed successfully').waitFor();
			await person.opens('Results');
			expect(person.actions).toBeLessThanOrEqual(most);

			const output = page.getByTestId('output-panel');
			for (const text of [
				'Ada',
				'+442079460001',
				'Reached',
				'Ben',
				'+442079460002',
				'Not reached',
			]) {
				await output.getByText(text, { exact: true }).first().waitFor();
			}
			expect(n8n.polyAi.journal.dials.map(({ number }) => number).sort()).toEqual([
				'+442079460001',
				'+442079460002',
			]);
			await person.closesNode();
			await person.opens('Rows to Check');
			for (const text of ['Cleo', 'Not called', '“n/a” is not a phone number']) {
				await output.getByText(text, { exact: true }).first().waitFor();
			}
		},
	);
});

// What the others do is in the tests that run them.
test('an example is imported through the menu', async () => {
	const file = 'examples/crm-lead-call.json';
	const { nodes } = JSON.parse(readFileSync(file, 'utf8')) as { nodes: INode[] };
	const person = new Person(page, 'import');
	await page.goto(`${n8n.n8n.url}/workflow/new`);
	await page.getByTestId('canvas-plus-button').waitFor();
	await person.imports(file);
	for (const { name, type } of nodes) {
		if (!type.endsWith('stickyNote')) await person.node(name).first().waitFor();
	}
	expect(await page.getByText('Install this node').count()).toBe(0);
});

/** As few operations as have all options. */
function operationsWithAllOptions(): Operation[] {
	const seen = new Set<string>();
	const byOptions = [...operations].sort((a, b) => b.options.length - a.options.length);
	return byOptions.filter(({ options }) => {
		const names = options.map(({ field }) => field.name).filter((name) => !seen.has(name));
		for (const name of names) seen.add(name);
		return names.length > 0;
	});
}

describe('every option can be added by hand', () => {
	test.each(operationsWithAllOptions().map((operation) => [operation.action, operation] as const))(
		'%s',
		async (action, { resource, value, options }) => {
			const parameters = { resource, operation: value, options: {} };
			const filledIn = { callSid: 'OUT-1', phoneNumber: '+44 20 7946 0018' };
			const workflow = callWorkflow(n8n, [], { ...parameters, ...filledIn });
			const { id } = await n8n.client.createWorkflow(workflow);
			const person = new Person(page, `options of ${action}`);
			await page.goto(`${n8n.n8n.url}/workflow/${id}`);
			await person.opens('PolyAI');
			const shown = options.filter(({ field }) => {
				return !JSON.stringify(field.displayOptions ?? {}).includes('agentsApi');
			});
			for (const { field } of shown) await person.addsOption(field.displayName);
			expect(await page.getByText('Could not load list').count()).toBe(0);
			await person.saves();
			// n8n doesn't save an empty collection.
			const wanted = shown.map(({ field }) => field.name).filter((name) => name !== 'metadata');
			await until('the editor has saved them', async () => {
				const saved = await n8n.client.request<{ nodes: INode[] }>('GET', `/rest/workflows/${id}`);
				const { options = {} } =
					saved.nodes.find(({ name }) => name === 'PolyAI')?.parameters ?? {};
				return wanted.every((name) => name in (options as object)) || undefined;
			});
		},
	);
});

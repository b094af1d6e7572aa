import { readFileSync } from 'node:fs';
import type { INode } from 'n8n-workflow';
import type { Browser, Page } from 'playwright-core';
import { isAtLeast, TESTED_VERSION } from '../../scripts/setup/n8n.mts';
import { openEditor } from '../support/n8n/browser.mts';
import { Person } from '../support/n8n/person.mts';
import { until } from '../support/n8n/until.mts';
import { describeWith, HAS } from '../support/e2e/capabilities.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';

jest.setTimeout(600_000);

/** In older versions a credential's dialog is opened from a list, and closed by hand. */
const MORE_FOR_KEY = isAtLeast(TESTED_VERSION, [2, 16]) ? 0 : 2;

/** From an empty n8n, by the words of the README, with the simulator in PolyAI's place. */
describeWith(HAS.dataTables)('a person who has just installed the package', () => {
	let n8n: Instance;
	let browser: Browser;
	let page: Page;
	/** Of n8n's API key and the credential for it. */
	let actionsForKey = 0;
	let firstWorkflow = '';
	beforeAll(async () => {
		n8n = await startInstance();
		await n8n.client.request('DELETE', `/rest/credentials/${n8n.credential.id}`);
		({ browser, page } = await openEditor(n8n.n8n.url));
		await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	});
	afterAll(async () => {
		await browser?.close();
		await n8n?.close();
	});

	test('places the first call with 25 actions at the most', async () => {
		const person = new Person(page, 'first-call');
		await page.goto(`${n8n.n8n.url}/home/credentials`);
		await person.clicks(page.getByTestId('add-resource-credential'));
		await person.types('PolyAI', page.locator(':focus'));
		await person.clicks(page.getByRole('option', { name: 'PolyAI API', exact: true }));
		await person.clicks('Continue');
		await person.clicks(person.field('region'));
		await person.clicks(page.getByRole('option', { name: 'Custom' }));
		await person.types(n8n.polyAi.url, person.field('baseUrl').locator('input'));
		await person.types(n8n.polyAi.token, person.field('token').locator('input'));
		await person.clicks(page.getByTestId('credential-save-button'));
		await person.isTold('Connection tested successfully');
		expect(n8n.polyAi.journal.dials).toEqual([]);

		await page.goto(`${n8n.n8n.url}/workflow/new`);
		await person.clicks(page.getByTestId('canvas-plus-button'));
		await person.clicks('Trigger manually');
		await person.clicks(page.getByTestId('canvas-handle-plus'));
		await person.types('PolyAI', page.getByPlaceholder('Search nodes'));
		await person.clicks('PolyAI Outbound');
		await person.clicks('Trigger call');
		await person.types('+44 20 7946 0018', person.field('phoneNumber').locator('input'));
		await person.clicks(page.getByTestId('node-execute-button'));

		await page.getByTestId('output-panel').getByText('+442079460018').first().waitFor();
		expect(n8n.polyAi.journal.dials).toHaveLength(1);
		expect(person.actions).toBeLessThanOrEqual(25);
		await page.waitForURL((url) => !url.pathname.endsWith('/new'));
		firstWorkflow = shownWorkflow();
	});

	test('has the call log and its trigger at work, from the example, with 20 actions at the most', async () => {
		n8n.polyAi.journal.reset();
		const person = await pastesCallLogExample('call-log-example');
		await person.opens('Call the Customers');
		actionsForKey = -person.actions;
		await connectDataTables(person);
		actionsForKey += person.actions;
		await person.closesNode();
		await person.executesFrom('Start');
		await person.sees('Workflow executed successfully').waitFor();
		await person.publishes();
		await expectTriggerToStart();
		expect(person.actions).toBeLessThanOrEqual(20);
		expect(n8n.polyAi.journal.dials).toHaveLength(3);
	});

	test('sets up the call log and a trigger, which starts when the call has ended', async () => {
		await page.goto(`${n8n.n8n.url}/workflow/${firstWorkflow}`);
		const person = new Person(page, 'call-log');
		await page.getByTestId('canvas-node').first().waitFor();
		await page.getByTestId('canvas-node').last().dblclick();
		n8n.polyAi.journal.reset();
		await person.addsOption('Call Log');
		// Somebody who has none yet makes it here, with as many actions as above.
		await new Person(page, 'not counted').choosesCredential('PolyAI Data Tables');
		await person.clicks(page.getByTestId('node-execute-button'));
		const [dial] = await until('the call is placed', () => {
			return n8n.polyAi.journal.dials.length > 0 ? n8n.polyAi.journal.dials : undefined;
		});

		await person.closesNode();
		await person.clicks(page.getByTestId('node-creator-plus-button'));
		await person.types('PolyAI', page.getByPlaceholder('Search nodes'));
		await person.clicks('PolyAI Outbound');
		await person.clicks(page.getByText(/^Triggers/));
		await person.clicks('On call in call log ended');
		// Of a node's two credentials n8n chooses the newest.
		await person.choosesCredential('PolyAI');
		await person.closesNode();
		await person.publishes();
		// One of them places the call, seven make n8n's API key.
		expect(person.actions + actionsForKey).toBeLessThanOrEqual(24 + MORE_FOR_KEY);
		await expectTriggerToStart();

		await page.goto(`${n8n.n8n.url}/home/datatables`);
		await person.sees('PolyAI calls').first().click();
		await person
			.sees(dial?.callSid ?? 'no call')
			.first()
			.waitFor();
	});

	test('has credentials with other names saved, too, when they are chosen in the trigger first', async () => {
		const all = await n8n.client.request<Array<{ id: string }>>('GET', '/rest/credentials');
		for (const { id } of all) await n8n.client.request('DELETE', `/rest/credentials/${id}`);
		const { url: baseUrl, token } = n8n.polyAi;
		const login = { region: 'custom', baseUrl, token };
		const own = await n8n.client.createCredential('polyAiApi', login, 'Clinic');
		const key = { apiKey: await n8n.client.createApiKey(), baseUrl: '' };
		const ownTables = await n8n.client.createCredential('polyAiDataTablesApi', key, 'Its tables');

		const person = await pastesCallLogExample('call-log-example with other names');
		for (const node of ['A Call Has Ended', 'Call the Customers']) {
			await person.opens(node);
			await person.choosesCredential('PolyAI', own.name);
			await person.choosesCredential('PolyAI Data Tables', ownTables.name);
			await person.closesNode();
		}

		await until('both nodes are saved with both', async () => {
			const path = `/rest/workflows/${shownWorkflow()}`;
			const { nodes } = await n8n.client.request<{ nodes: INode[] }>('GET', path);
			const ours = nodes.filter(({ type }) => type.startsWith('n8n-nodes-polyai.'));
			const areChosen = ours.map(({ credentials: { polyAiApi, polyAiDataTablesApi } = {} }) => {
				return polyAiApi?.id === own.id && polyAiDataTablesApi?.id === ownTables.id;
			});
			return areChosen.every(Boolean) || undefined;
		});
	});

	async function pastesCallLogExample(album: string): Promise<Person> {
		await page.goto(`${n8n.n8n.url}/workflow/new`);
		await page.getByTestId('canvas-plus-button').waitFor();
		const person = new Person(page, album);
		await person.pastes(readFileSync('examples/call-log-with-follow-up.json', 'utf8'));
		await person.saves();
		return person;
	}

	/** @returns its ID */
	function shownWorkflow(): string {
		return /\/workflow\/([^/]+)/.exec(new URL(page.url()).pathname)?.[1] ?? '';
	}

	/** With an API key of this n8n, from the open node. */
	async function connectDataTables(person: Person): Promise<void> {
		await person.connectsTo('PolyAI Data Tables');
		const [settings] = await Promise.all([
			page.context().waitForEvent('page'),
			person.clicks(page.getByRole('link', { name: 'Settings > n8n API' })),
		]);
		await copyNewApiKey(settings, person);
		person.turnsTo(page);
		await person.pastesInto(person.field('apiKey').locator('input'));
		await person.clicks(page.getByTestId('credential-save-button'));
		await person.isConnected();
	}

	/** The trigger of the workflow that the page shows. Then it leaves the calls to that of the next test. */
	async function expectTriggerToStart(): Promise<void> {
		const workflowId = shownWorkflow();
		await until('the trigger starts', async () => {
			const executions = await n8n.client.executions(workflowId);
			return executions.find(({ mode }) => mode === 'trigger');
		});
		await page.goto(`${n8n.n8n.url}/home/workflows`);
		await until('nobody has it open', async () => {
			return await n8n.client.deactivate(workflowId).then(
				() => true,
				() => undefined,
			);
		});
	}

	/** In n8n's settings, where the key is shown once. */
	async function copyNewApiKey(settings: Page, person: Person): Promise<void> {
		person.turnsTo(settings);
		await person.clicks(settings.getByText(/^Create (an )?API key$/i));
		await person.types('PolyAI', settings.locator(':focus'));
		await person.clicks(settings.getByTestId('expiration-select'));
		await person.clicks(settings.getByRole('option', { name: /^(Never|No expiration)$/i }));
		await person.clicks(settings.getByRole('button', { name: 'Save' }));
		const key = settings.getByTestId('copy-input');
		await key.waitFor();
		// In older versions a click on the key itself copies it.
		const button = settings.locator('button:has([data-icon=copy])');
		await person.clicks((await button.count()) > 0 ? button : key);
	}
});

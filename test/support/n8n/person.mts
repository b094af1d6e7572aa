import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { CACHE } from '../../../scripts/setup/installed.mts';
import { TESTED_VERSION } from '../../../scripts/setup/n8n.mts';

/**
 * Someone at n8n's editor, whose actions are counted: a click, a text typed, a key, a file chosen.
 * After each of them a picture is taken, which stands in `.cache/by-hand/<version of n8n>/<album>`.
 */
export class Person {
	actions = 0;
	private readonly folder: string;

	constructor(
		private page: Page,
		album: string,
	) {
		this.folder = join(CACHE, 'by-hand', TESTED_VERSION, album);
		rmSync(this.folder, { recursive: true, force: true });
		mkdirSync(this.folder, { recursive: true });
	}

	/** Continues in another tab of the browser. */
	turnsTo(page: Page): void {
		this.page = page;
	}

	async clicks(what: Locator | string): Promise<void> {
		await (typeof what === 'string' ? this.sees(what) : what).first().click();
		await this.did();
	}

	async opens(node: string): Promise<void> {
		await this.node(node).dblclick();
		await this.page.locator('.node-parameters-wrapper').first().waitFor();
		await this.did();
	}

	async types(text: string, into: Locator): Promise<void> {
		await into.first().fill(text);
		await this.did();
	}

	async presses(key: string): Promise<void> {
		await this.page.keyboard.press(key);
		await this.did();
	}

	/** What was copied. */
	async pastesInto(field: Locator): Promise<void> {
		await field.first().click();
		await this.page.keyboard.press('Control+V');
		await this.did();
	}

	/** Into an empty workflow, as from a page on which a person has copied it. */
	async pastes(text: string): Promise<void> {
		await this.page.evaluate(async (copied) => await navigator.clipboard.writeText(copied), text);
		await this.presses('Control+V');
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Newer versions do it by themselves, a little later: no action of theirs. */
	async saves(): Promise<void> {
		await this.page.keyboard.press('Control+s');
		// Some versions give it an address before it is saved.
		await this.page.waitForURL(({ pathname, searchParams }) => {
			return !pathname.endsWith('/new') && !searchParams.has('new');
		});
	}

	/** Takes a node away; n8n joins its neighbors, and on their line the node for its place is chosen. */
	async replaces(node: string): Promise<void> {
		await this.clicks(this.node(node));
		await this.presses('Delete');
		await this.page.getByTestId('edge-label').first().hover();
		await this.clicks(this.page.getByTestId('add-connection-button'));
	}

	/** Through the menu of an empty workflow. */
	async imports(file: string): Promise<void> {
		await this.clicks(this.page.getByTestId('workflow-menu'));
		const submenu = this.sees('Import');
		if (await submenu.isVisible()) await submenu.hover();
		const [dialog] = await Promise.all([
			this.page.waitForEvent('filechooser'),
			this.clicks(this.page.getByText(/from file/i)),
		]);
		await dialog.setFiles(file);
		await this.page.getByTestId('canvas-node').first().waitFor();
		await this.did();
	}

	/** In a workflow with several triggers. */
	async executesFrom(trigger: string): Promise<void> {
		await this.node(trigger).first().hover();
		await this.clicks(this.page.getByTestId(`execute-workflow-button-${trigger}`));
	}

	async publishes(): Promise<void> {
		await this.clicks(this.page.getByTestId('workflow-open-publish-modal-button'));
		await this.clicks(this.page.getByTestId('workflow-publish-button'));
	}

	/** Begins a new credential in the open node, below the credentials that it has. */
	async connectsTo(what: string): Promise<void> {
		const button = this.sees(`Connect to ${what}`);
		const select = this.page.getByTestId('node-credentials-select').last();
		await button.or(select).last().waitFor();
		if (await button.isVisible()) return await this.clicks(button);
		await this.clicks(select);
		const entry = this.page.getByTestId('node-credentials-select-item-new');
		await this.clicks(entry.filter({ visible: true }));
	}

	/** In the open node, which shows that of the data tables below that of PolyAI. */
	async choosesCredential(
		of: 'PolyAI' | 'PolyAI Data Tables',
		name = `${of} account`,
	): Promise<void> {
		const selects = this.page.getByTestId('node-credentials-select');
		await this.clicks(of === 'PolyAI' ? selects.first() : selects.last());
		await this.clicks(this.page.getByRole('option', { name }));
	}

	/** Newer versions close the dialog when the credential's test was successful. */
	async isConnected(): Promise<void> {
		const dialog = this.page.getByTestId('editCredential-modal');
		const told = dialog.getByText('Connection tested successfully').filter({ visible: true });
		await Promise.race([dialog.waitFor({ state: 'hidden' }), told.first().waitFor()]);
		if (!(await dialog.isVisible())) return;
		await this.clicks(dialog.getByRole('button', { name: 'Close this dialog' }));
	}

	async closesNode(): Promise<void> {
		// The second is that of older versions.
		const [close, back] = ['ndv-close-button', 'back-to-canvas'].map((id) => {
			return this.page.getByTestId(id);
		});
		await this.clicks(close!.or(back!));
	}

	/** To the open node. */
	async addsOption(name: string): Promise<void> {
		const list = this.page.getByPlaceholder('Add option');
		// In older versions the last one that is left.
		const button = this.page.getByRole('button', { name: 'Add option' });
		await list.or(button).first().waitFor();
		if (!(await list.isVisible())) return await this.clicks(button);
		await this.clicks(list);
		await this.clicks(this.page.getByRole('option', { name, exact: true }));
	}

	/** A field of the open panel. */
	field(name: string): Locator {
		return this.page.getByTestId(`parameter-input-${name}`);
	}

	node(name: string): Locator {
		return this.page.getByTestId('canvas-node').filter({ hasText: name });
	}

	/** Waits until the text is somewhere on the screen. A picture shows what is there instead. */
	async isTold(text: string): Promise<void> {
		const told = this.page.getByText(text).filter({ visible: true }).first();
		await told.waitFor({ timeout: 60_000 }).catch(async (error: unknown) => {
			await this.page.screenshot({ path: join(this.folder, 'in-its-place.png') });
			throw error;
		});
	}

	sees(text: string): Locator {
		return this.page.getByText(text, { exact: true });
	}

	private async did(): Promise<void> {
		this.actions++;
		const name = `${String(this.actions).padStart(2, '0')}.png`;
		await this.page.screenshot({ path: join(this.folder, name) });
	}
}

import { deepCopy, type IDataObject, type IWorkflowSettings, type Workflow } from 'n8n-workflow';

/**
 * What n8n's database keeps of one workflow: static data and, with durable cursors, the trigger
 * nodes' own. Everything is stored as JSON, so nothing that wasn't saved survives a restart.
 */
export class SavedWorkflow {
	readonly #cursors = new Map<string, string>();
	readonly #processedData = new Map<string, string>();
	#staticData: string;

	/** As the workflow's Settings are filled in. */
	settings: IWorkflowSettings = {};

	constructor(
		staticData: IDataObject = {},
		readonly id = 'workflow-1',
	) {
		this.#staticData = JSON.stringify(staticData);
	}

	get staticData(): IDataObject {
		return JSON.parse(this.#staticData) as IDataObject;
	}

	/** A save replaces the whole object: n8n merges nothing. */
	saveStaticData(staticData: IDataObject): void {
		this.#staticData = JSON.stringify(staticData);
	}

	/** As n8n does at every emission of a trigger: only when its Workflow object was changed. */
	saveStaticDataOf(workflow: Workflow): void {
		if (workflow.staticData.__dataChanged !== true) return;
		this.saveStaticData(workflow.staticData);
		workflow.staticData.__dataChanged = false;
	}

	/** The node's static data in the table of durable cursors, created from `seed` at first. */
	cursorOf(nodeName: string, seed: IDataObject): IDataObject {
		const saved = this.#cursors.get(nodeName);
		if (saved === undefined) this.saveCursor(nodeName, seed);
		return saved === undefined ? deepCopy(seed) : (JSON.parse(saved) as IDataObject);
	}

	saveCursor(nodeName: string, cursor: IDataObject): void {
		this.#cursors.set(nodeName, JSON.stringify(cursor));
	}

	/** What nodes have recorded as processed. */
	processedData(context: string): string[] {
		return JSON.parse(this.#processedData.get(context) ?? '[]') as string[];
	}

	saveProcessedData(context: string, list: string[]): void {
		this.#processedData.set(context, JSON.stringify(list));
	}
}

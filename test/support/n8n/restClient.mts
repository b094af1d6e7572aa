import { randomUUID } from 'node:crypto';
import { parse } from 'flatted';
import type { IDataObject, INodeExecutionData, IRun } from 'n8n-workflow';
import { until } from './until.mts';

export const OWNER = {
	email: 'owner@example.com',
	password: 'PolyAI-demo-1',
	firstName: 'Olive',
	lastName: 'Owner',
};

export interface Execution {
	id: string;
	status: string;
	workflowId: string;
	mode: string;
	/** Of a waiting one: when it goes on. ISO 8601 */
	waitTill?: string | null;
	customData?: Record<string, string>;
	data: IRun['data'];
}

/** All that the nodes ask of n8n's data tables. */
export const DATA_TABLES_SCOPES = [
	...['list', 'read', 'create'].map((right) => `dataTable:${right}`),
	...['read', 'create', 'update', 'delete'].map((right) => `dataTableRow:${right}`),
];

/** What a browser does with n8n, without the browser. */
export class RestClient {
	#cookie = '';

	constructor(readonly url: string) {}

	/** Creates the owner in a fresh n8n, or logs in as that owner. */
	async logIn(): Promise<void> {
		const { email, password } = OWNER;
		const setUp = await this.#fetch('POST', '/rest/owner/setup', OWNER);
		if (setUp.ok) return;
		await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/** @returns what n8n wraps into `data` */
	async request<Data = IDataObject>(method: string, path: string, body?: unknown): Promise<Data> {
		const answer = await this.#fetch(method, path, body);
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${method} ${path} → ${answer.status} ${text}`);
		const parsed = (text ? JSON.parse(text) : {}) as { data: Data };
		return parsed.data ?? (parsed as Data);
	}

	async createCredential(
		type: string,
		data: IDataObject,
		name = type,
	): Promise<{ id: string; name: string }> {
		return await this.request('POST', '/rest/credentials', { name, type, data });
	}

	/** As the editor does it: n8n 1 tests only what was saved. */
	async testCredential(
		type: string,
		data: IDataObject,
	): Promise<{ status: string; message: string }> {
		const { id, name } = await this.createCredential(type, data, 'Tested');
		const credentials = { id, name, type, data };
		return await this.request('POST', '/rest/credentials/test', { credentials });
	}

	async createWorkflow(workflow: object): Promise<{ id: string; versionId: string }> {
		return await this.request('POST', '/rest/workflows', {
			settings: {},
			active: false,
			...workflow,
		});
	}

	/** A key for n8n's public API. */
	async createApiKey(scopes = DATA_TABLES_SCOPES): Promise<string> {
		const { rawApiKey } = await this.request<{ rawApiKey: string }>('POST', '/rest/api-keys', {
			label: `Data tables ${randomUUID()}`,
			expiresAt: null,
			scopes,
		});
		return rawApiKey;
	}

	/**
	 * Runs a saved workflow from a trigger and waits for the end of the execution.
	 *
	 * @param data what the trigger gives, such as a chat message; otherwise it finds that out itself
	 */
	async run(workflowId: string, startNode: string, data?: IDataObject): Promise<Execution> {
		return await this.executionEnd(await this.start(workflowId, startNode, data));
	}

	async start(workflowId: string, startNode: string, data?: IDataObject): Promise<string> {
		const given = data && { data: { main: [[{ json: data }]] }, startTime: 0, executionTime: 0 };
		// n8n 1 runs what it is sent, newer ones what is saved.
		const workflowData = await this.request('GET', `/rest/workflows/${workflowId}`);
		const started = await this.request<{ executionId: string }>(
			'POST',
			`/rest/workflows/${workflowId}/run`,
			{ workflowData, triggerToStartFrom: { name: startNode, ...(given && { data: given }) } },
		);
		return started.executionId;
	}

	async execution(id: string): Promise<Execution> {
		const { data, ...rest } = await this.request<Execution & { data: unknown }>(
			'GET',
			`/rest/executions/${id}`,
		);
		return { ...rest, data: typeof data === 'string' ? (parse(data) as IRun['data']) : data };
	}

	async executionEnd(id: string): Promise<Execution> {
		return await this.executionOnce(id, 'has ended', ({ status, data }) => {
			// Older n8n may say so a moment before its data can be read.
			return !['new', 'running', 'waiting'].includes(status) && data !== undefined;
		});
	}

	/** The execution as soon as it is in the wanted state. */
	async executionOnce(
		id: string,
		what: string,
		isSo: (execution: Execution) => boolean,
	): Promise<Execution> {
		let status: string | undefined;
		const awaited = () => `Execution ${id} ${what}. Its status is ${status}.`;
		return await until(awaited, async () => {
			// n8n 2.16 answers with an error as long as there is no data.
			const execution = await this.execution(id).catch(() => undefined);
			status = execution?.status;
			return execution && isSo(execution) ? execution : undefined;
		});
	}

	/** Publishes a workflow and waits until its triggers run. */
	async activate(workflowId: string): Promise<void> {
		const { versionId } = await this.request<{ versionId: string }>(
			'GET',
			`/rest/workflows/${workflowId}`,
		);
		await this.request('POST', `/rest/workflows/${workflowId}/activate`, { versionId });
		await until(`Workflow ${workflowId} is active`, async () => {
			const { status } = await this.request<{ status?: string }>(
				'GET',
				`/rest/workflows/${workflowId}/publication-status`,
			).catch(() => ({ status: undefined }));
			return status === undefined || !/progress|pending|publishing/i.test(status) || undefined;
		});
	}

	async deactivate(workflowId: string): Promise<void> {
		await this.request('POST', `/rest/workflows/${workflowId}/deactivate`, {});
	}

	async executions(
		workflowId: string,
	): Promise<Array<{ id: string; status: string; mode: string }>> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.request<{
			results: Array<{ id: string; status: string; mode: string }>;
		}>('GET', `/rest/executions?limit=100&filter=${filter}`);
		return results;
	}

	async #fetch(method: string, path: string, body?: unknown): Promise<Response> {
		const headers: Record<string, string> = { 'push-ref': 'rest-client', cookie: this.#cookie };
		if (body !== undefined) headers['content-type'] = 'application/json';
		const answer = await fetch(this.url + path, { method, headers, body: JSON.stringify(body) });
		const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
		if (cookies.length > 0) this.#cookie = cookies.join('; ');
		return answer;
	}
}

/** The items that a node returned in an execution, by output. */
export function outputOf(execution: Execution, node: string, output = 0): INodeExecutionData[] {
	const runs = execution.data.resultData.runData[node] ?? [];
	return runs.flatMap((run) => run.data?.main?.[output] ?? []);
}

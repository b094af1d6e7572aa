import type { IDataObject } from 'n8n-workflow';
import { outputOf } from '../n8n/restClient.mts';
import { createCallLog, type CallLogTable } from './callLogTable.mts';
import type { Instance } from './instance.mts';
import { EVERY_TEN_SECONDS, node, to } from './workflow.mts';

/** Two workflows that share a call log: one calls the rows that it receives, one listens. */
export interface LoggedCalls {
	log: CallLogTable;
	/**
	 * Sends rows to the first one and waits until it has called them.
	 *
	 * @param pace calls per minute, 0 for none
	 */
	call(phones: string[], pace?: number): Promise<void>;
	/** What came out of its executions, when all have ended. */
	placed(): Promise<IDataObject[]>;
	/** Presses Retry on those that crashed. Returns what comes out once it has ended. */
	retryWhatDied(): Promise<IDataObject[]>;
	/** What the second one has been started with so far, including repeats. */
	reports(): Promise<IDataObject[]>;
}

/** Calls of one execution at once. */
export const CONCURRENCY = 5;

const PATH = 'calls';

/** @param logUrl at which the nodes find n8n, if not at its own address */
export async function startLoggedCalls(n8n: Instance, logUrl: string): Promise<LoggedCalls> {
	const log = await createCallLog(n8n, 'Calls', logUrl);
	const callLog = { __rl: true, mode: 'id', value: log.id };
	const placing = await publish('Placing', [
		{
			...node('Rows', 'n8n-nodes-base.webhook', 2, {
				httpMethod: 'POST',
				path: PATH,
				responseMode: 'lastNode',
				responseData: 'allEntries',
			}),
			webhookId: PATH,
		},
		node('Split', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.rows', options: {} }),
		{
			...node('Call', 'n8n-nodes-polyai.polyAiOutbound', 1, {
				resource: 'call',
				operation: 'trigger',
				phoneNumber: '={{ $json.phone }}',
				options: { callLog, maxConcurrency: CONCURRENCY, callsPerMinute: '={{ $json.pace }}' },
			}),
			onError: 'continueRegularOutput',
		},
	]);
	const listening = await publish('Listening', [
		node('Ended', 'n8n-nodes-polyai.polyAiOutboundTrigger', 1, {
			pollTimes: { item: EVERY_TEN_SECONDS },
			source: 'callLog',
			callLog,
			events: ['success', 'failure', 'unavailable'],
		}),
		node('Result', 'n8n-nodes-base.noOp', 1, {}),
	]);

	/** A workflow of these nodes in a row, with its triggers at work. */
	async function publish(name: string, nodes: Node[]): Promise<string> {
		const credentials = { polyAiApi: n8n.credential, polyAiDataTablesApi: log.credential };
		const isOurs = ({ type }: Node) => type.startsWith('n8n-nodes-polyai.');
		const { id } = await n8n.client.createWorkflow({
			name,
			nodes: nodes.map((one) => ({ ...one, ...(isOurs(one) && { credentials }) })),
			connections: Object.fromEntries(
				nodes.slice(1).map((next, index) => [nodes[index]?.name, to(next.name)]),
			),
		});
		await n8n.client.activate(id);
		return id;
	}

	async function outputsOf(workflowId: string, name: string): Promise<IDataObject[]> {
		const executions = await n8n.client.executions(workflowId);
		return await outputsOfAll(executions, name);
	}

	async function outputsOfAll(executions: Array<{ id: string }>, name: string) {
		const ended = await Promise.all(
			executions.map(async ({ id }) => await n8n.client.executionEnd(id)),
		);
		return ended.flatMap((one) => outputOf(one, name).map(({ json }) => json));
	}

	return {
		log,
		async call(phones, pace = 0) {
			const answer = await fetch(`${n8n.n8n.url}/webhook/${PATH}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ rows: phones.map((phone) => ({ phone, pace })) }),
			});
			if (!answer.ok) throw new Error(await answer.text());
		},
		async retryWhatDied() {
			const executions = await n8n.client.executions(placing);
			const dead = executions.filter(({ status }) => status === 'crashed' || status === 'error');
			const retries = dead.map(async ({ id }) => {
				const path = `/rest/executions/${id}/retry`;
				const body = { loadWorkflow: false };
				return await n8n.client.request<{ id: string }>('POST', path, body);
			});
			return await outputsOfAll(await Promise.all(retries), 'Call');
		},
		placed: async () => await outputsOf(placing, 'Call'),
		reports: async () => await outputsOf(listening, 'Result'),
	};
}

type Node = ReturnType<typeof node> & { webhookId?: string; onError?: string };

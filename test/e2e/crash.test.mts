import type { IDataObject } from 'n8n-workflow';
import { outputOf } from '../support/n8n/restClient.mts';
import { until } from '../support/n8n/until.mts';
import { createCallLog, type CallLogTable } from '../support/e2e/callLogTable.mts';
import { HAS } from '../support/e2e/capabilities.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';
import { node, to } from '../support/e2e/workflow.mts';

jest.setTimeout(600_000);

const people = Array.from({ length: 24 }, (_, index) => `+4420794601${10 + index}`);

const CONCURRENCY = 3;

let n8n: Instance;
let log: CallLogTable | undefined;
beforeAll(async () => {
	n8n = await startInstance();
	if (HAS.dataTables) log = await createCallLog(n8n, 'Calls');
});
afterAll(async () => await n8n?.close());

/** A workflow that calls the rows it is sent, as a spreadsheet or a CRM would send them. */
async function publish(path: string, isLogging: boolean): Promise<string> {
	const { authentication, credential, credentialType } = n8n;
	const { id } = await n8n.client.createWorkflow({
		name: path,
		nodes: [
			{
				...node('Rows', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path, options: {} }),
				webhookId: path,
			},
			node('Split', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.rows', options: {} }),
			{
				...node('Call', 'n8n-nodes-polyai.polyAiOutbound', 1, {
					authentication,
					phoneNumber: '={{ $json.phone }}',
					options: {
						maxConcurrency: CONCURRENCY,
						...(isLogging && { callLog: { __rl: true, mode: 'id', value: log?.id } }),
					},
				}),
				credentials: {
					[credentialType]: credential,
					...(log && { polyAiDataTablesApi: log.credential }),
				},
				onError: 'continueRegularOutput',
			},
		],
		connections: { Rows: to('Split'), Split: to('Call') },
	});
	await n8n.client.activate(id);
	return id;
}

/** Starts the workflow, and kills n8n when so many people were called. */
async function killAtCall(calls: number, path: string, workflowId: string): Promise<string> {
	let taken = 0;
	const heal = n8n.polyAi.fault(({ operation }) => {
		if (operation !== 'trigger') return undefined;
		return ++taken < calls ? undefined : { answer: 'never', dials: taken === calls };
	});
	await fetch(`${n8n.n8n.url}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ rows: people.map((phone) => ({ phone })) }),
	});
	await until(`${calls} people were called`, async () => {
		return n8n.polyAi.journal.dials.length >= calls || undefined;
	});
	await n8n.n8n.kill();
	heal();
	await n8n.restart();
	return await until('The execution has crashed', async () => {
		const [execution] = await n8n.client.executions(workflowId);
		return execution?.status === 'crashed' ? execution.id : undefined;
	});
}

const SITUATIONS = [1, 12, 24].flatMap((calls) => [
	{ calls, isLogging: false, where: 'without a call log' },
	...(HAS.dataTables ? [{ calls, isLogging: true, where: 'with a call log' }] : []),
]);

test.each(SITUATIONS)(
	'n8n is killed at call $calls of 24, $where: Retry calls nobody twice',
	async ({ calls, isLogging }) => {
		n8n.polyAi.journal.reset();
		n8n.polyAi.set({ latencyMs: 150, magicNumbers: false });
		const path = `killed-at-${calls}-${isLogging}`;
		const workflowId = await publish(path, isLogging);
		const crashed = await killAtCall(calls, path, workflowId);
		const before = new Map(
			n8n.polyAi.journal.dials.map(({ number, callSid }) => [number, callSid]),
		);
		const retry = await n8n.client.request('POST', `/rest/executions/${crashed}/retry`, {
			loadWorkflow: false,
		});

		const items = outputOf(await n8n.client.executionEnd(String(retry.id)), 'Call');
		const codeOf = (json: IDataObject) => (json.error as IDataObject | undefined)?.code;
		expect(items).toHaveLength(people.length);
		let unknown = 0;
		for (const [index, { json }] of items.entries()) {
			const number = people[index] as string;
			const isUnknown = codeOf(json) === 'outcomeUnknown';
			if (isUnknown) unknown++;
			const isFound = isLogging && json.callSid === before.get(number);
			if (before.has(number)) expect([number, isUnknown || isFound]).toEqual([number, true]);
			const times = n8n.polyAi.journal.dialsByNumber()[number] ?? 0;
			expect([number, times]).toEqual([number, isUnknown ? Number(before.has(number)) : 1]);
		}
		// The log tells who was called and who was not yet: only who was on the way is unclear.
		if (isLogging) expect(unknown).toBeLessThanOrEqual(CONCURRENCY);
		await n8n.client.deactivate(workflowId);
	},
);

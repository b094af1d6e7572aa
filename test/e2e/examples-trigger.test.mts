import type { IDataObject } from 'n8n-workflow';
import { readExample } from '../support/n8n/example.mts';
import { outputOf, type Execution } from '../support/n8n/restClient.mts';
import { until } from '../support/n8n/until.mts';
import { describeWith, HAS } from '../support/e2e/capabilities.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';

jest.setTimeout(600_000);

describeWith(HAS.dataTables)('examples with data tables', () => {
	let n8n: Instance;
	let credentials: Record<string, { id: string; name: string }>;
	beforeAll(async () => {
		// The API version in which PolyAI hears what is sent along.
		n8n = await startInstance({}, 'g2');
		const data = { baseUrl: n8n.n8n.url, apiKey: await n8n.client.createApiKey() };
		credentials = {
			polyAiApi: n8n.credential,
			polyAiDataTablesApi: await n8n.client.createCredential('polyAiDataTablesApi', data),
		};
	});
	afterAll(async () => await n8n?.close());
	beforeEach(() => n8n.polyAi.journal.reset());

	/** Executes an example, publishes it when its calls have ended, and gives what the trigger started. */
	async function runAndPublish(file: string, node: string, calls: number) {
		const { id } = await n8n.client.createWorkflow(readExample(file, credentials));
		const execution = await n8n.client.run(id, 'Start');
		expect(execution.data.resultData.error).toBeUndefined();
		await until('the calls have ended', () => {
			return n8n.polyAi.calls.all().every(({ sid }) => hasEnded(sid)) || undefined;
		});
		await n8n.client.activate(id);
		let started: Execution[] = [];
		await until(`${calls} calls are reported`, async () => {
			const executions = await n8n.client.executions(id);
			const triggered = executions.filter(({ mode }) => mode === 'trigger');
			started = await Promise.all(triggered.map(async (one) => await n8n.client.execution(one.id)));
			return started.flatMap((one) => outputOf(one, node)).length >= calls || undefined;
		});
		return { execution, jsonOf: (node: string) => started.flatMap((one) => jsonOf(one, node)) };
	}

	function hasEnded(callSid: string): boolean {
		const call = n8n.polyAi.calls.all().find(({ sid }) => sid === callSid);
		return (
			call !== undefined && ['success', 'failure'].includes(n8n.polyAi.calls.stateOf(call).status)
		);
	}

	function jsonOf(execution: Execution, node: string): IDataObject[] {
		return outputOf(execution, node).map(({ json }) => json);
	}

	test('CRM: each lead’s record tells how its call went, or why there was none', async () => {
		const { execution, jsonOf: started } = await runAndPublish(
			'crm-lead-call.json',
			'Write the Outcome Back',
			2,
		);
		const notes = jsonOf(execution, 'Save the Call');
		expect(notes.map(({ crmId, outcome }) => [crmId, outcome])).toEqual([
			['L-1001', 'called'],
			['L-1002', 'called'],
		]);
		expect(jsonOf(execution, 'Save the Reason')).toMatchObject([
			{ crmId: 'L-1003', phone: '12 34', outcome: expect.stringContaining('12 34') },
		]);
		const records = started('Write the Outcome Back');
		expect(records.map(({ crmId, callSid }) => [crmId, callSid]).sort()).toEqual(
			notes.map(({ crmId, callSid }) => [crmId, callSid]),
		);
		const outcomeOf = new Map(records.map(({ crmId, outcome }) => [crmId, String(outcome)]));
		expect(outcomeOf.get('L-1001')).toBe('Reached');
		expect(outcomeOf.get('L-1002')).toMatch(/^Not reached/);
		// Both are called at once: either may be the first.
		const told = n8n.polyAi.journal.dials.map(({ metadata }) => metadata);
		expect(told).toHaveLength(2);
		expect(told).toContainEqual({ crm_id: 'L-1001', first_name: 'Ada' });
		expect(told).toContainEqual({ crm_id: 'L-1002', first_name: 'Ben' });
	});

	test('call log: failures are followed up, and the summary counts the day’s calls', async () => {
		const { jsonOf: started } = await runAndPublish(
			'call-log-with-follow-up.json',
			'A Call Has Ended',
			3,
		);
		expect(started('Nothing More to Do').map(({ phoneNumber }) => phoneNumber)).toEqual([
			'+442079460001',
		]);
		expect(
			started('Follow Up')
				.map(({ subject }) => subject)
				.sort(),
		).toEqual(['Ben was not reached', 'Cleo was not reached']);

		const summary = readExample('call-log-daily-summary.json', {});
		const { id } = await n8n.client.createWorkflow(summary);
		const execution = await n8n.client.run(id, 'Start');
		expect(jsonOf(execution, "Today's Summary")).toEqual([
			{
				calls: 3,
				answered: 1,
				notAnswered: 2,
				stillOpen: 0,
				message: expect.stringMatching(/^Calls of .+: 3 placed, 1 answered, 2 not answered\.$/),
			},
		]);
	});
});

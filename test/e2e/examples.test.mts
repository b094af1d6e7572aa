import type { IDataObject } from 'n8n-workflow';
import { importReminders, problemsOf } from '../../scripts/demo/reminders.mts';
import { readExample } from '../n8n/example.mts';
import { outputOf } from '../n8n/restClient.mts';
import { startInstance, type Instance } from './instance.mts';

jest.setTimeout(300_000);

let n8n: Instance;
beforeAll(async () => {
	n8n = await startInstance();
});
afterAll(async () => await n8n?.close());
beforeEach(() => n8n.polyAi.journal.reset());

test('reminders from a spreadsheet', async () => {
	const id = await importReminders(n8n.client, n8n.polyAi);
	expect(problemsOf(await n8n.client.run(id, 'Start'), n8n.polyAi)).toEqual([]);
});

test('reminders at a polite pace: called, kept for later or explained, and nobody twice', async () => {
	const example = readExample('reminders-at-a-polite-pace.json', { polyAiApi: n8n.credential });
	const { id } = await n8n.client.createWorkflow(example);
	const execution = await n8n.client.run(id, 'Start');
	const jsonOf = (node: string) => outputOf(execution, node).map(({ json }) => json);

	const results = jsonOf('Wait for the Results');
	const later = jsonOf('Rows for Later');
	const wrong = jsonOf('Rows to Correct');
	expect(execution.status).toBe('success');
	expect(wrong.map(({ name, error }) => [name, (error as IDataObject).code])).toEqual([
		['Eve', 'invalidPhoneNumber'],
	]);
	expect(results.length + later.length).toBe(5);
	for (const { status, isFinal } of results) {
		expect(['success', 'failure']).toContain(status);
		expect(isFinal).toBe(true);
	}
	for (const { skipReason, nextAllowedAt } of later) {
		if (skipReason === 'duplicateNumber') continue;
		expect(Date.parse(String(nextAllowedAt))).toBeGreaterThan(Date.now());
	}
	const dialled = n8n.polyAi.journal.dials.map(({ number }) => number);
	expect(new Set(dialled).size).toBe(dialled.length);
	expect(dialled.sort()).toEqual(results.map(({ phoneNumber }) => phoneNumber).sort());
	// Whatever the time of day, a number that stands twice is called once or kept for later twice.
	const ada = later.filter(({ phoneNumber }) => phoneNumber === '+442079460001');
	expect(ada.map(({ skipReason }) => skipReason)).toEqual(
		dialled.includes('+442079460001')
			? ['duplicateNumber']
			: ['outsideCallingHours', 'outsideCallingHours'],
	);
});

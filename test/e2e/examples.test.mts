import { importReminders, problemsOf } from '../../scripts/demo/reminders.mts';
import { outputOf } from '../support/n8n/restClient.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';

jest.setTimeout(600_000);

let n8n: Instance;
beforeAll(async () => {
	n8n = await startInstance();
});
afterAll(async () => await n8n?.close());
beforeEach(() => n8n.polyAi.reset());

test('reminders from a spreadsheet', async () => {
	const id = await importReminders(n8n.client, n8n.polyAi);
	expect(problemsOf(await n8n.client.run(id, 'Start'), n8n.polyAi)).toEqual([]);
});

test('reminders from a spreadsheet: a row that PolyAI refuses leaves with the true reason, the others get their results', async () => {
	n8n.polyAi.fault({ on: 'trigger', numbers: ['+442079460002'], answer: 400 });
	const id = await importReminders(n8n.client, n8n.polyAi);
	const execution = await n8n.client.run(id, 'Start');
	const jsonOf = (node: string) => outputOf(execution, node).map(({ json }) => json);

	const results = jsonOf('Results');
	expect(results.map(({ name, result }) => [name, result])).toEqual([
		['Ada', 'Reached'],
		['Cleo', 'Not reached'],
		['Dan', 'Reached'],
		['Gus', 'Reached'],
	]);
	// Ready to be written back: the row's own columns, and what a person wants to know.
	expect(Object.keys(results[0] ?? {})).toEqual([
		...['name', 'phone', 'phoneNumber', 'result', 'reason', 'callSid'],
	]);
	const wrong = jsonOf('Rows to Check');
	expect(wrong.map(({ name, result }) => [name, result])).toEqual(
		['Ben', 'Eve', 'Finn'].map((name) => [name, 'Not called']),
	);
	expect(wrong[0]).toMatchObject({
		phone: '0044 20 7946 0002',
		phoneNumber: '+442079460002',
		reason: expect.stringMatching(/^PolyAI didn't accept/),
	});
});

test('reminders from a spreadsheet: a row that may have been called says so, and what to do', async () => {
	n8n.polyAi.fault({ on: 'trigger', numbers: ['+442079460002'], answer: 'reset', dials: true });
	const id = await importReminders(n8n.client, n8n.polyAi);
	const execution = await n8n.client.run(id, 'Start');
	const rows = outputOf(execution, 'Rows to Check').map(({ json }) => json);
	expect(rows.find(({ name }) => name === 'Ben')).toMatchObject({
		result: 'May have been called',
		whatToDo: expect.stringContaining('Agent Studio'),
	});
});

import { importReminders, problemsOf } from '../../scripts/demo/reminders.mts';
import { outputOf } from '../n8n/restClient.mts';
import { startInstance, type Instance } from './instance.mts';

jest.setTimeout(300_000);

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

	expect(jsonOf('Get the Results').map(({ name, isFinal }) => [name, isFinal])).toEqual(
		['Ada', 'Cleo', 'Dan', 'Gus'].map((name) => [name, true]),
	);
	const wrong = jsonOf('Rows to Correct');
	expect(wrong.map(({ name }) => name).sort()).toEqual(['Ben', 'Eve', 'Finn']);
	const ben = wrong.find(({ name }) => name === 'Ben');
	expect(ben).toMatchObject({ phone: '0044 20 7946 0002' });
	expect(ben?.whatIsWrong).toMatch(/^PolyAI did not accept/);
});

import { readExample } from '../../test/n8n/example.mts';
import { outputOf, type Execution, type RestClient } from '../../test/n8n/restClient.mts';
import type { Simulator } from '../../test/simulator/server.mts';

export const EXAMPLE = 'spreadsheet-reminders.json';

/** Imports the example workflow and chooses the credential, as a person would in the editor. */
export async function importReminders(n8n: RestClient, polyAi: Simulator): Promise<string> {
	const credential = await n8n.createCredential(
		'polyAiApi',
		{ region: 'custom', baseUrl: polyAi.url, token: polyAi.token },
		'PolyAI',
	);
	const { id } = await n8n.createWorkflow(readExample(EXAMPLE, { polyAiApi: credential }));
	return id;
}

/** What became of every row of the spreadsheet. */
export function rowsOf(execution: Execution): Array<Record<string, unknown>> {
	const placed = outputOf(execution, 'Call the Patients');
	const results = outputOf(execution, 'Get the Results');
	const called = outputOf(execution, 'Check the Numbers').map((_, item) => ({
		number: placed[item]?.json.phoneNumber,
		'call SID': placed[item]?.json.callSid,
		result: results[item]?.json.status,
	}));
	const refused = outputOf(execution, 'Rows to Correct').map(({ json }) => ({
		number: json.phone,
		result: json.whatIsWrong,
	}));
	return [...called, ...refused];
}

/** What is wrong with a run of the example; nothing when everybody was called once and answered for. */
export function problemsOf(execution: Execution, polyAi: Simulator): string[] {
	const problems: string[] = [];
	if (execution.status !== 'success') problems.push(`The run ended as ${execution.status}`);
	const expected = {
		'+442079460001': 'success',
		'+442079460002': 'failure',
		'+442079460003': 'failure',
		'+12025550107': 'success',
		'+442079460101': 'success',
	};
	const dialled = polyAi.journal.dials.map(({ number }) => number).sort();
	if (dialled.join() !== Object.keys(expected).sort().join()) {
		problems.push(`These numbers were dialled: ${dialled.join(', ') || 'none'}`);
	}
	const rows = rowsOf(execution);
	for (const [number, result] of Object.entries(expected)) {
		const row = rows.find((one) => one.number === number);
		if (row?.result !== result) problems.push(`${number} ended as ${row?.result}, not ${result}`);
	}
	if (rows.length !== 7) problems.push(`${rows.length} of 7 rows came out`);
	return problems;
}

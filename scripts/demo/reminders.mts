import { readExample } from '../../test/support/n8n/example.mts';
import { outputOf, type Execution, type RestClient } from '../../test/support/n8n/restClient.mts';
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

/** What happened to every row of the spreadsheet. */
export function rowsOf(execution: Execution): Array<Record<string, unknown>> {
	return ['Results', 'Rows to Check'].flatMap((node) => {
		return outputOf(execution, node).map(({ json }) => ({
			name: json.name,
			number: json.phoneNumber === '' ? json.phone : json.phoneNumber,
			result: json.result,
			reason: json.reason,
			'call SID': json.callSid,
		}));
	});
}

/** What is wrong with a run of the example; none if everyone was called once and has a result. */
export function problemsOf(execution: Execution, polyAi: Simulator): string[] {
	const problems: string[] = [];
	if (execution.status !== 'success') problems.push(`The run ended as ${execution.status}`);
	const expected = {
		'+442079460001': 'Reached',
		'+442079460002': 'Not reached',
		'+442079460003': 'Not reached',
		'+12025550107': 'Reached',
		'+442079460101': 'Reached',
	};
	const dialed = polyAi.journal.dials.map(({ number }) => number).sort();
	if (dialed.join() !== Object.keys(expected).sort().join()) {
		problems.push(`These numbers were dialed: ${dialed.join(', ') || 'none'}`);
	}
	const rows = rowsOf(execution);
	for (const [number, result] of Object.entries(expected)) {
		const row = rows.find((one) => one.number === number);
		if (row?.result !== result) problems.push(`${number} ended as ${row?.result}, not ${result}`);
	}
	if (rows.length !== 7) problems.push(`${rows.length} of 7 rows came out`);
	return problems;
}

import type { IDataObject } from 'n8n-workflow';
import { readExample } from '../../test/support/n8n/example.mts';
import { outputOf, type RestClient } from '../../test/support/n8n/restClient.mts';
import { until } from '../../test/support/n8n/until.mts';
import type { Simulator } from '../../test/simulator/server.mts';

export const CAMPAIGN_EXAMPLE = 'spreadsheet-to-campaign.json';

/** An example of which a person has chosen the credentials. */
export interface ImportedCampaign {
	workflowId: string;
	credentials: Record<string, { id: string; name: string }>;
}

const EVERY_DAY = [
	...['monday', 'tuesday', 'wednesday', 'thursday'],
	...['friday', 'saturday', 'sunday'],
];

/**
 * Imports the example, chooses the credentials, and makes its plan one for people who are in a hurry:
 * calls at any hour, and again at once.
 */
export async function importCampaign(
	n8n: RestClient,
	polyAi: Simulator,
): Promise<ImportedCampaign> {
	const login = { region: 'custom', baseUrl: polyAi.url, token: polyAi.token };
	const key = { baseUrl: n8n.url, apiKey: await n8n.createApiKey() };
	const credentials = {
		polyAiApi: await n8n.createCredential('polyAiApi', login, 'PolyAI for campaigns'),
		polyAiDataTablesApi: await n8n.createCredential(
			'polyAiDataTablesApi',
			key,
			'PolyAI Data Tables',
		),
	};
	const example = readExample(CAMPAIGN_EXAMPLE, credentials);
	const run = example.nodes.find(({ name }) => name === 'Call Who Is Due');
	Object.assign(run?.parameters ?? {}, {
		callingHours: { window: { from: '00:00', to: '24:00', days: EVERY_DAY } },
		tryAgainAfter: '0',
	});
	const { id } = await n8n.createWorkflow(example);
	return { workflowId: id, credentials };
}

/** Adds everyone and runs the campaign until it has ended for all of them. */
export async function runCampaign(
	n8n: RestClient,
	workflowId: string,
): Promise<Array<Record<string, unknown>>> {
	const adding = await n8n.run(workflowId, 'Start');
	const added = outputOf(adding, 'Add to the Campaign').length;
	const wrong = outputOf(adding, 'Rows to Check').map(({ json }) => json);
	const results: IDataObject[] = [];
	await until('The campaign ends for everyone', async () => {
		const execution = await n8n.run(workflowId, 'Every Minute');
		results.push(...outputOf(execution, 'Results').map(({ json }) => json));
		return results.length >= added || undefined;
	});
	return [...results, ...wrong].map((json) => ({
		name: json.name,
		number: json.phoneNumber === '' ? json.phone : json.phoneNumber,
		result: json.result,
		calls: json.attempts,
		reason: json.reason,
	}));
}

/** What is wrong with how the campaign went; nothing if all were called as the plan says. */
export function campaignProblems(
	rows: Array<Record<string, unknown>>,
	dials: Array<{ number: string }>,
): string[] {
	const expected: Record<string, [string, number]> = {
		'+442079460001': ['Reached', 1],
		'+442079460002': ['Not reached', 3],
		'+442079460003': ['Not reached', 3],
		'+12025550107': ['Reached', 1],
		'+442079460101': ['Reached', 1],
	};
	const problems = Object.entries(expected).flatMap(([number, [result, calls]]) => {
		const dialed = dials.filter((dial) => dial.number === number).length;
		const found = rows.filter((row) => row.number === number);
		const isRight = found.length === 1 && found[0]?.result === result && dialed === calls;
		return isRight ? [] : [`${number} ended as ${found[0]?.result} after ${dialed} calls`];
	});
	if (rows.length !== 6) problems.push(`${rows.length} of 6 people came out`);
	return problems;
}

import type { IDataObject } from 'n8n-workflow';
import type { Instance } from './instance.mts';

/** n8n's shortest interval is a minute; six of them, ten seconds apart, poll six times as often. */
export const EVERY_TEN_SECONDS = [5, 15, 25, 35, 45, 55].map((second) => ({
	mode: 'custom',
	cronExpression: `${second} * * * * *`,
}));

/** A workflow of a manual start, given rows and our node, as a person would draw it. */
export function callWorkflow(
	{ credential, credentialType, authentication }: Instance,
	rows: IDataObject[],
	parameters: IDataObject,
	settings: IDataObject = {},
) {
	return {
		name: 'Calls',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Rows', 'n8n-nodes-base.set', 3.4, {
				mode: 'raw',
				jsonOutput: JSON.stringify({ rows }),
				options: {},
			}),
			node('Split', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'rows', options: {} }),
			{
				...node('PolyAI', 'n8n-nodes-polyai.polyAiOutbound', 1, { authentication, ...parameters }),
				credentials: { [credentialType]: credential },
				...settings,
			},
		],
		connections: { Start: to('Rows'), Rows: to('Split'), Split: to('PolyAI') },
	};
}

export function node(name: string, type: string, typeVersion: number, parameters: IDataObject) {
	return { id: name, name, type, typeVersion, parameters, position: [0, 0] as [number, number] };
}

export function to(name: string) {
	return { main: [[{ node: name, type: 'main', index: 0 }]] };
}

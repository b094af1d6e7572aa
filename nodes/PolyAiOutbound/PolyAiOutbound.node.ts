import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { createCallLog, searchCallLogs, whenLogging } from '../n8n/callLog/callLogField';
import { testDataTablesCredential } from '../n8n/dataTables/testDataTablesCredential';
import { testPolyAiCredential } from '../n8n/testPolyAiCredential';
import { hints } from './hints';
import { callsNobody, properties } from './operations';
import { execute } from './run/execute';
import { subtitle } from './subtitle';

export class PolyAiOutbound implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PolyAI Outbound',
		name: 'polyAiOutbound',
		icon: { light: 'file:../../icons/polyai.svg', dark: 'file:../../icons/polyai.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle,
		description: 'Call people with a PolyAI voice agent, and get the results',
		defaults: { name: 'PolyAI Outbound' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'polyAiApi',
				required: true,
				testedBy: 'testPolyAiCredential',
				displayOptions: { show: { authentication: ['apiToken'] }, hide: callsNobody },
			},
			{
				name: 'polyAiAgentsApi',
				required: true,
				testedBy: 'testPolyAiCredential',
				displayOptions: { show: { authentication: ['agentsApi'] }, hide: callsNobody },
			},
			{
				name: 'polyAiDataTablesApi',
				required: true,
				testedBy: 'testDataTablesCredential',
				displayOptions: whenLogging,
			},
		],
		properties,
		hints,
	};

	methods = {
		credentialTest: { testDataTablesCredential, testPolyAiCredential },
		listSearch: { searchCallLogs },
		actionHandler: { createCallLog },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this);
	}
}

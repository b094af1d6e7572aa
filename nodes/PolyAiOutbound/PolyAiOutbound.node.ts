import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { createCallLog } from '../n8n/callLog/callLogField';
import { createDoNotCallList } from '../n8n/dataTables/doNotCallTable';
import { searchDataTables } from '../n8n/dataTables/tableField';
import { testDataTablesCredential } from '../n8n/dataTables/testDataTablesCredential';
import { whenUsingTables } from '../n8n/dataTables/whenUsingTables';
import { testPolyAiCredential } from '../n8n/testPolyAiCredential';
import { hints } from './hints';
import { searchVariants } from './options/variantField';
import { withoutCredential, properties } from './properties';
import { createCampaign } from './resources/campaign/campaignFields';
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
				displayOptions: { show: { authentication: ['apiToken'] }, hide: withoutCredential },
			},
			{
				name: 'polyAiAgentsApi',
				required: true,
				testedBy: 'testPolyAiCredential',
				displayOptions: { show: { authentication: ['agentsApi'] }, hide: withoutCredential },
			},
			{
				name: 'polyAiDataTablesApi',
				required: true,
				testedBy: 'testDataTablesCredential',
				displayOptions: whenUsingTables,
			},
		],
		properties,
		hints,
	};

	methods = {
		credentialTest: { testDataTablesCredential, testPolyAiCredential },
		listSearch: { searchDataTables, searchVariants },
		actionHandler: { createCallLog, createCampaign, createDoNotCallList },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this);
	}
}

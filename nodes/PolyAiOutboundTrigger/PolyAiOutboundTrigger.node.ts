import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { createCallLog } from '../n8n/callLog/callLogField';
import { searchDataTables } from '../n8n/dataTables/tableField';
import { testDataTablesCredential } from '../n8n/dataTables/testDataTablesCredential';
import { testPolyAiCredential } from '../n8n/testPolyAiCredential';
import { eventsSubtitle } from './events';
import { poll } from './poll';
import { properties } from './properties';
import { callLog } from './sources/callLog';

/**
 * With a slash, because n8n's editor hides the fields that such a condition names, here Trigger On.
 */
const readsCallLog = { '/source': [callLog.value] };

export class PolyAiOutboundTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PolyAI Outbound Trigger',
		name: 'polyAiOutboundTrigger',
		icon: { light: 'file:../../icons/polyai.svg', dark: 'file:../../icons/polyai.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: eventsSubtitle,
		// n8n's node picker shows it for both nodes of the package.
		description:
			'Call people with a PolyAI voice agent, and start a workflow when a call has ended',
		defaults: { name: 'PolyAI Outbound Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'polyAiApi',
				required: true,
				testedBy: 'testPolyAiCredential',
				displayOptions: { show: { authentication: ['apiToken'] } },
			},
			{
				name: 'polyAiAgentsApi',
				required: true,
				testedBy: 'testPolyAiCredential',
				displayOptions: { show: { authentication: ['agentsApi'] } },
			},
			{
				name: 'polyAiDataTablesApi',
				required: true,
				testedBy: 'testDataTablesCredential',
				displayOptions: { show: readsCallLog },
			},
		],
		properties,
	};

	methods = {
		credentialTest: { testDataTablesCredential, testPolyAiCredential },
		listSearch: { searchDataTables },
		actionHandler: { createCallLog },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}

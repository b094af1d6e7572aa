import type { IAuthenticate, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { onlyInOurNodes } from '../nodes/n8n/onlyInOurNodes';

/** Region, API key and agent. nodes/n8n/testPolyAiCredential.ts tests it. */
export class PolyAiAgentsApi implements ICredentialType {
	name = 'polyAiAgentsApi';

	displayName = 'PolyAI Agents API';

	documentationUrl = 'https://github.com/polyai-community/n8n-nodes-polyai#credentials';

	icon: Icon = { light: 'file:../icons/polyai.svg', dark: 'file:../icons/polyai.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{ name: 'Custom', value: 'custom' },
				{ name: 'Europe', value: 'eu' },
				{ name: 'Studio', value: 'studio' },
				{ name: 'United Kingdom', value: 'uk' },
				{ name: 'United States', value: 'us' },
			],
			default: 'us',
			description: 'Where your PolyAI workspace runs',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://api.example.com',
			description: 'The address that PolyAI gave you for your workspace, starting with https://',
			displayOptions: { show: { region: ['custom'] } },
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. 3f9c1b7e5a…',
			description:
				'Create it in Agent Studio, on the home page of your workspace, in the tab API Keys',
		},
		{
			displayName: 'Agent ID',
			name: 'agentId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. PROJECT-1a2b3c4d',
			description: 'The agent that makes the calls. The ID starts with PROJECT-.',
		},
		onlyInOurNodes,
	];

	/** A function, since n8n would evaluate an expression anew for every request. */
	authenticate: IAuthenticate = async ({ apiKey }, request) => ({
		...request,
		headers: { ...request.headers, 'X-API-KEY': apiKey },
	});
}

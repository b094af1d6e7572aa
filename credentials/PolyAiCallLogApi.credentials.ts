import type { IAuthenticate, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** The n8n whose data table is the call log; how it is tested stands in nodes/n8n/testCallLogCredential.ts. */
export class PolyAiCallLogApi implements ICredentialType {
	name = 'polyAiCallLogApi';

	displayName = 'PolyAI Call Log API';

	documentationUrl = 'https://github.com/polyai-community/n8n-nodes-polyai#the-call-log';

	icon: Icon = { light: 'file:../icons/polyai.svg', dark: 'file:../icons/polyai.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'n8n Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. http://localhost:5678',
			description:
				'The address at which this n8n reaches itself. Usually it is the one in your browser, up to the first slash.',
		},
		{
			displayName: 'n8n API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Created in n8n under Settings > n8n API. It needs to list, read and create data tables, and to read, create and update their rows.',
		},
	];

	/** A function, since n8n would evaluate an expression anew for every request. */
	authenticate: IAuthenticate = async ({ apiKey }, request) => ({
		...request,
		headers: { ...request.headers, 'X-N8N-API-KEY': apiKey },
	});
}

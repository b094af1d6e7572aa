import type { IAuthenticate, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { onlyInOurNodes } from '../nodes/n8n/onlyInOurNodes';

/** This n8n, for its data tables. nodes/n8n/dataTables/testDataTablesCredential.ts tests it. */
export class PolyAiDataTablesApi implements ICredentialType {
	name = 'polyAiDataTablesApi';

	displayName = 'PolyAI Data Tables API';

	documentationUrl = 'https://github.com/polyai-community/n8n-nodes-polyai#the-call-log';

	icon: Icon = { light: 'file:../icons/polyai.svg', dark: 'file:../icons/polyai.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName:
				'Create the key in <a href="/settings/api" target="_blank">Settings > n8n API</a>. Set "Expiration" to "Never", or the nodes stop working when it expires. Leave all scopes selected, or choose those for data tables and their rows.',
			name: 'keyNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'n8n API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. eyJhbGciOiJIUzI1NiIs…',
			description: 'An API key of this n8n, with all scopes for data tables and their rows',
		},
		{
			displayName: 'n8n Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. http://localhost:5678',
			hint: 'Leave it empty unless the test says that n8n could not be reached',
			description:
				"Only needed if n8n can't reach itself at its own address, as in some Docker setups",
		},
		{
			// Filled in by n8n; it tells the credential's test where n8n is.
			displayName: 'Resume URL',
			name: 'resumeUrl',
			type: 'hidden',
			default: '={{ $execution.resumeUrl }}',
		},
		onlyInOurNodes,
	];

	/** A function, since n8n would evaluate an expression anew for every request. */
	authenticate: IAuthenticate = async ({ apiKey }, request) => ({
		...request,
		headers: { ...request.headers, 'X-N8N-API-KEY': apiKey },
	});
}

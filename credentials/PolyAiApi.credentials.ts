import type { IAuthenticate, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { AUTOMATIC_PATH } from '../nodes/n8n/credentialKinds';
import { tokenVersions } from '../nodes/shared/polyai/versions/versions';
import { onlyInOurNodes } from '../nodes/n8n/onlyInOurNodes';

/** Region and token. nodes/n8n/testPolyAiCredential.ts tests it. */
export class PolyAiApi implements ICredentialType {
	name = 'polyAiApi';

	displayName = 'PolyAI API';

	documentationUrl = 'https://github.com/polyai-community/n8n-nodes-polyai#credentials';

	icon: Icon = { light: 'file:../icons/polyai.svg', dark: 'file:../icons/polyai.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{ name: 'Custom', value: 'custom' },
				{ name: 'Europe West', value: 'euw' },
				{ name: 'United Kingdom', value: 'uk' },
				{ name: 'United States', value: 'us' },
			],
			default: 'us',
			description:
				'Where your PolyAI project runs. PolyAI gives you the region together with the token.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://api.example.com',
			description: 'The address that PolyAI gave you for your project, starting with https://',
			displayOptions: { show: { region: ['custom'] } },
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. 3f9c1b7e5a…',
			description: 'The token for outbound calling that PolyAI issued for your project',
		},
		{
			displayName: 'Trigger Path',
			name: 'triggerPath',
			type: 'options',
			options: [
				{
					name: 'Automatic',
					value: AUTOMATIC_PATH,
					description: 'Finds out which path PolyAI answers at',
				},
				...tokenVersions.map(({ triggerPath }) => ({ name: triggerPath, value: triggerPath })),
			],
			default: AUTOMATIC_PATH,
			description:
				"The path where calls are placed. Keep 'Automatic' unless PolyAI gave you a path: then no other is tried.",
		},
		onlyInOurNodes,
	];

	/** A function, since n8n would evaluate an expression anew for every request. */
	authenticate: IAuthenticate = async ({ token }, request) => ({
		...request,
		headers: { ...request.headers, 'X-PolyAi-Auth-Token': token },
	});
}

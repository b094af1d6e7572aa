import type { Simulator } from '../../simulator/server.mts';
import type { Spoken } from '../unit/simulator/polyAiClient.mts';

/** What a person fills in for a version of the API: in the node, and in the credential. */
export interface Login {
	authentication: string;
	credentialType: string;
	data: Record<string, string>;
}

/** That of the simulator, whichever API versions it is set to speak. */
export function loginFor(
	version: Spoken,
	{ url, token, apiKey, settings }: Pick<Simulator, 'url' | 'token' | 'apiKey' | 'settings'>,
): Login {
	const address = { region: 'custom', baseUrl: url };
	if (version !== 'g3') {
		const data = { ...address, token };
		return { authentication: 'apiToken', credentialType: 'polyAiApi', data };
	}
	const data = { ...address, apiKey, agentId: settings.agentId };
	return { authentication: 'agentsApi', credentialType: 'polyAiAgentsApi', data };
}

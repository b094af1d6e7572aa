import type { INodeProperties } from 'n8n-workflow';

/**
 * Shown while the chosen credential is a token.
 *
 * @param what can't be done with a token, as the start of a sentence
 */
export function agentsApiNotice(what: string): INodeProperties {
	return {
		displayName: `${what} requires an API key. Choose a credential of the type <b>PolyAI Agents API</b>.`,
		name: 'agentsApiNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['apiToken'] } },
	};
}

import { DEFAULT_ENVIRONMENT } from '../environment';
import type { Encryption } from '../encryption';
import type { ApiVersion } from './apiVersion';
import { readCallSid, readState } from './wireFormat';

/** PolyAI has published no other. */
const encryptions: Partial<Record<Encryption, string>> = { 'TLS/SRTP': 'tls_srtp' };

/** G3: PolyAI's Agents API of June 2026. */
export function agentsJune2026(agentId: string): ApiVersion {
	const path = `/v1/agents/${encodeURIComponent(agentId)}/telephony/outbound-calls`;
	return {
		name: 'Agents API, June 2026',
		triggerPath: path,
		encryptions,
		triggerBody: ({ phoneNumber, environment, variantId, encryption, metadata }) => ({
			toNumber: phoneNumber,
			environment: environment ?? DEFAULT_ENVIRONMENT,
			...(variantId && { variantId }),
			...(encryption && { encryption: encryptions[encryption] }),
			...(metadata && { metadata }),
		}),
		readCallSid,
		statusPath: ({ callSid, environment = DEFAULT_ENVIRONMENT }) =>
			`${path}/${encodeURIComponent(callSid)}/status?environment=${environment}`,
		readState,
		notPlaced: [502],
		refusals: {
			401: {
				code: 'unauthorized',
				message: 'PolyAI refused the API key',
				description:
					'Open the credential and check the API key and the region. API keys are made in Agent Studio, on the home page of your workspace, under API Keys.',
			},
			403: {
				code: 'unauthorized',
				message: "This API key doesn't have permission for this agent",
				description:
					'Check the agent ID in the credential, and in Agent Studio whether the key belongs to the workspace of this agent.',
			},
			404: {
				code: 'notFound',
				message: 'PolyAI has no outbound calling for this agent and environment',
				description:
					'Check the environment, and the agent ID and the region in the credential. If they are right, ask PolyAI to set up outbound calling for this environment of the agent.',
			},
		},
	};
}

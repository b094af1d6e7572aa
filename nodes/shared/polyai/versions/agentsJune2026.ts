import { notFound } from '../../errors/notFound';
import { unauthorized } from '../../errors/unauthorized';
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
			401: unauthorized.apiKey,
			403: unauthorized.apiKeyForAgent,
			404: notFound.outboundCalling,
		},
	};
}

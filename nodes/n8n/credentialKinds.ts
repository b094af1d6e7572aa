import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { CallError } from '../shared/callError';
import type { Account } from '../shared/polyai/account';
import { AGENTS_HOSTS, baseUrlOf, PLATFORM_HOSTS, platformUrlOf } from '../shared/polyai/baseUrl';
import { agentsApi } from '../shared/polyai/generations/agentsApi';
import { baseDesign } from '../shared/polyai/generations/baseDesign';
import { legacy } from '../shared/polyai/generations/legacy';
import { fitsIntoAPath } from '../shared/polyai/generations/pathSegment';

/** A kind of credential that the nodes take. */
export interface CredentialKind {
	type: string;
	/** Its value in the field `authentication`. */
	authentication: string;
	/** Its field with the secret, what people call that, and the header in which it travels. */
	secret: { field: string; name: string; header: string };
	/**
	 * Whom a credential of this kind speaks for, and which generations of the API it knows.
	 *
	 * @throws CallError `badRequest` when it cannot be used as it was filled in
	 */
	accountOf(data: ICredentialDataDecryptedObject): Account;
}

const token: CredentialKind = {
	type: 'polyAiApi',
	authentication: 'apiToken',
	secret: { field: 'token', name: 'token', header: 'X-PolyAi-Auth-Token' },
	accountOf: (data) => ({
		baseUrl: baseUrlOf(data, PLATFORM_HOSTS),
		generations: [baseDesign, legacy],
	}),
};

const agents: CredentialKind = {
	type: 'polyAiAgentsApi',
	authentication: 'agentsApi',
	secret: { field: 'apiKey', name: 'API key', header: 'X-API-KEY' },
	accountOf(data) {
		const agentId = agentIdOf(data);
		return {
			baseUrl: baseUrlOf(data, AGENTS_HOSTS),
			generations: [agentsApi(agentId)],
			agent: { agentId, platformUrl: platformUrlOf(data) },
		};
	},
};

/** The first is that of workflows from before there was a choice. */
export const credentialKinds = [token, agents] as const;

function agentIdOf({ agentId }: ICredentialDataDecryptedObject): string {
	const id = String(agentId ?? '').trim();
	if (fitsIntoAPath(id)) return id;
	throw new CallError(
		'badRequest',
		'The agent ID in the PolyAI Agents API credential cannot be used',
		{ description: 'Copy it from Agent Studio, where it begins with PROJECT-.' },
	);
}

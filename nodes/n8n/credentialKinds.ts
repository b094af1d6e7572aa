import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { badRequest } from '../shared/errors/badRequest';
import type { Account } from '../shared/polyai/account';
import { AGENTS_HOSTS, baseUrlOf, PLATFORM_HOSTS, platformUrlOf } from '../shared/polyai/baseUrl';
import { agentsVersions, tokenVersions } from '../shared/polyai/versions/versions';
import { fitsIntoAPath } from '../shared/polyai/versions/pathSegment';

/** The value of the field `triggerPath` that means finding out the path. */
export const AUTOMATIC_PATH = 'automatic';

/** A kind of credential that the nodes accept. */
export interface CredentialKind {
	type: string;
	/** As n8n shows it. */
	name: string;
	/** Its value in the field `authentication`. */
	authentication: string;
	/** Its field with the secret, what people call it, and the header it is sent in. */
	secret: { field: string; name: string; header: string };
	/**
	 * The account that a credential of this kind belongs to, and the API versions that it can use.
	 *
	 * @throws CallError `badRequest` if it isn't filled in correctly
	 */
	accountOf(data: ICredentialDataDecryptedObject): Account;
}

const token: CredentialKind = {
	type: 'polyAiApi',
	name: 'PolyAI API',
	authentication: 'apiToken',
	secret: { field: 'token', name: 'token', header: 'X-PolyAi-Auth-Token' },
	accountOf: (data) => ({
		baseUrl: baseUrlOf(data, PLATFORM_HOSTS),
		versions: chosenBy(data),
	}),
};

const agents: CredentialKind = {
	type: 'polyAiAgentsApi',
	name: 'PolyAI Agents API',
	authentication: 'agentsApi',
	secret: { field: 'apiKey', name: 'API key', header: 'X-API-KEY' },
	accountOf(data) {
		const agentId = agentIdOf(data);
		return {
			baseUrl: baseUrlOf(data, AGENTS_HOSTS),
			versions: agentsVersions(agentId),
			agent: { agentId, platformUrl: platformUrlOf(data) },
		};
	},
};

/** The first is used by workflows from before there was a choice. */
export const credentialKinds = [token, agents] as const;

/** All of them, unless a path is fixed: then no other is ever tried. */
function chosenBy({
	triggerPath = AUTOMATIC_PATH,
}: ICredentialDataDecryptedObject): Account['versions'] {
	if (triggerPath === AUTOMATIC_PATH) return tokenVersions;
	const pinned = tokenVersions.find((version) => version.triggerPath === triggerPath);
	if (pinned) return [pinned];
	throw badRequest.triggerPath();
}

function agentIdOf({ agentId }: ICredentialDataDecryptedObject): string {
	const id = String(agentId ?? '').trim();
	if (fitsIntoAPath(id)) return id;
	throw badRequest.agentId();
}

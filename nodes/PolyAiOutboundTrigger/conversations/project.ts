import type { INodeProperties } from 'n8n-workflow';
import { agentsApiNotice } from '../../n8n/agentsApiNotice';
import { environmentField } from '../../n8n/environmentField';
import { readWorkspaceId, workspaceField } from '../../n8n/workspaceField';
import { badRequest } from '../../shared/errors/badRequest';
import type { AgentAccount } from '../../shared/polyai/account';
import { DEFAULT_ENVIRONMENT, type Environment } from '../../shared/polyai/environment';
import type { Poll } from '../sources/source';

/** Whose list of conversations a trigger follows. */
export interface Project {
	account: AgentAccount;
	workspaceId: string;
	environment: Environment;
	/** Identifies this list. */
	key: string;
}

export const projectFields: INodeProperties[] = [
	agentsApiNotice('Listing calls'),
	workspaceField,
	environmentField,
];

/** @throws CallError `badRequest` if something is missing that only the user knows */
export function projectOf({ context, account, environment = DEFAULT_ENVIRONMENT }: Poll): Project {
	const { agent } = account;
	if (!agent) throw badRequest.listNeedsKey();
	const workspaceId = readWorkspaceId(context.getNodeParameter('workspaceId'));
	const key = [agent.platformUrl, workspaceId, agent.agentId, environment].join(' ');
	return { account: { ...account, agent }, workspaceId, environment, key };
}

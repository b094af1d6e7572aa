import type { INodeProperties, IPollFunctions } from 'n8n-workflow';
import { CallError } from '../../shared/callError';
import type { AgentAccount } from '../../shared/polyai/account';
import { fitsIntoAPath } from '../../shared/polyai/generations/pathSegment';
import { textOf } from '../../shared/textOf';
import type { Poll } from '../sources/source';

/** Whose list of conversations a trigger follows. */
export interface Project {
	account: AgentAccount;
	workspaceId: string;
	environment: string;
	/** Tells this list from any other one. */
	key: string;
}

export const projectFields: INodeProperties[] = [
	{
		displayName:
			'PolyAI lists calls to an API key only. Choose <b>Agents API</b> under Authentication.',
		name: 'agentsApiNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['apiToken'] } },
	},
	{
		displayName: 'Workspace ID',
		name: 'workspaceId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ws-1a2b3c4d',
		description: 'The workspace that the agent belongs to. Its ID begins with ws-.',
	},
	{
		displayName: 'Environment',
		name: 'environment',
		type: 'options',
		options: [
			{ name: 'Live', value: 'live' },
			{ name: 'Pre-Release', value: 'pre-release' },
			{ name: 'Sandbox', value: 'sandbox' },
		],
		default: 'live',
		description: 'The environment of the agent whose calls are reported. Default: Live.',
	},
];

/** @throws CallError `badRequest` when something is missing that only the user knows */
export function projectOf({ context, account }: Poll): Project {
	const { agent } = account;
	if (!agent) {
		throw new CallError('badRequest', 'PolyAI lists calls to an API key only', {
			description:
				'Choose Agents API under Authentication, and a PolyAI Agents API credential. Or choose another source.',
		});
	}
	const workspaceId = read(context, 'workspaceId');
	if (!fitsIntoAPath(workspaceId)) {
		throw new CallError('badRequest', 'The Workspace ID cannot be used', {
			description: 'Copy it from Agent Studio, where it begins with ws-.',
		});
	}
	const environment = read(context, 'environment');
	const key = [agent.platformUrl, workspaceId, agent.agentId, environment].join(' ');
	return { account: { ...account, agent }, workspaceId, environment, key };
}

function read(context: IPollFunctions, name: 'workspaceId' | 'environment'): string {
	return textOf(context.getNodeParameter(name)).trim();
}

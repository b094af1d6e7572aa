import { agentsApi } from '../../../nodes/shared/polyai/generations/agentsApi.ts';
import type { AgentAccount } from '../../../nodes/shared/polyai/account.ts';

export const account: AgentAccount = {
	baseUrl: 'https://agents.example',
	generations: [agentsApi('PROJECT-1')],
	agent: { agentId: 'PROJECT-1', platformUrl: 'https://platform.example' },
};

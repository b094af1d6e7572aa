import { agentsJune2026 } from '../../../../nodes/shared/polyai/versions/agentsJune2026.ts';
import type { AgentAccount } from '../../../../nodes/shared/polyai/account.ts';

export const account: AgentAccount = {
	baseUrl: 'https://agents.example',
	versions: [agentsJune2026('PROJECT-1')],
	agent: { agentId: 'PROJECT-1', platformUrl: 'https://platform.example' },
};

import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isAgentsApi } from '../../../n8n/authentication';
import { badRequest } from '../../../shared/errors/badRequest';
import { CallError } from '../../../shared/errors/callError';
import type { AgentAccount } from '../../../shared/polyai/account';
import { openSession, type Session } from '../../run/session';

export const agentsApiNotice: INodeProperties = {
	displayName:
		'Reading conversations requires an API key. Choose a credential of the type <b>PolyAI Agents API</b>.',
	name: 'agentsApiNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { authentication: ['apiToken'] } },
};

/**
 * The session of a run that reads conversations.
 *
 * @throws CallError `badRequest` for a credential that can't read conversations
 */
export async function openAgentSession(
	context: IExecuteFunctions,
): Promise<Session & { account: AgentAccount }> {
	if (!isAgentsApi(context.getNodeParameter('authentication', 0, 'apiToken'))) {
		throw badRequest.conversationsNeedKey();
	}
	const session = await openSession(context);
	const { agent } = session.account;
	if (!agent) throw badRequest.conversationsNeedKey();
	return { ...session, account: { ...session.account, agent } };
}

/** The failure of one call, with its call SID. */
export function about(callSid: string) {
	return async (error: unknown): Promise<never> => {
		throw error instanceof CallError ? error.about({ callSid }) : error;
	};
}

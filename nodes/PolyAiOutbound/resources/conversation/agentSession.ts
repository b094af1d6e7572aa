import type { IExecuteFunctions } from 'n8n-workflow';
import { agentsApiNotice } from '../../../n8n/agentsApiNotice';
import { isAgentsApi } from '../../../n8n/authentication';
import { badRequest } from '../../../shared/errors/badRequest';
import { CallError } from '../../../shared/errors/callError';
import type { AgentAccount } from '../../../shared/polyai/account';
import type { OpenRun } from '../../operation';
import { openSession, type Session } from '../../run/session';

export const conversationsNotice = agentsApiNotice('Reading conversations');

/** A session whose API key can read conversations. */
export type AgentSession = Session & { account: AgentAccount };

/**
 * A run that reads conversations.
 *
 * @param open is given what all items share
 * @throws CallError `badRequest` for a credential that can't read conversations
 */
export async function openAgentRun(
	context: IExecuteFunctions,
	open: (session: AgentSession) => OpenRun['prepare'],
): Promise<OpenRun> {
	if (!isAgentsApi(context.getNodeParameter('authentication', 0, 'apiToken'))) {
		throw badRequest.conversationsNeedKey();
	}
	const session = await openSession(context);
	const { concurrency, giveUp, account } = session;
	const { agent } = account;
	if (!agent) throw badRequest.conversationsNeedKey();
	return { concurrency, giveUp, prepare: open({ ...session, account: { ...account, agent } }) };
}

/** The failure of one call, with its call SID. */
export function about(callSid: string) {
	return async (error: unknown): Promise<never> => {
		throw error instanceof CallError ? error.about({ callSid }) : error;
	};
}

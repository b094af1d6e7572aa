import type { ICredentialDataDecryptedObject, INodeProperties } from 'n8n-workflow';
import { badRequest } from '../shared/errors/badRequest';
import type { Account } from '../shared/polyai/account';
import { chosenCredential } from './chosenCredential';
import type { RequestContext } from './context';
import { credentialKinds } from './credentialKinds';

export const authenticationField: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'PolyAI Agents API',
			value: 'agentsApi',
			description: 'An API key from Agent Studio, and the ID of the agent that makes the calls',
		},
		{
			name: 'PolyAI API',
			value: 'apiToken',
			description: 'A token for outbound calling that PolyAI issued for your project',
		},
	],
	default: 'apiToken',
	description: 'Which kind of PolyAI credential to use',
};

/** @param authentication the node's field of that name */
export function isAgentsApi(authentication: unknown): boolean {
	return authentication === 'agentsApi';
}

/** The credential that a node uses, read and decrypted once for all requests. */
export interface OpenCredential {
	type: string;
	data: ICredentialDataDecryptedObject;
	account: Account;
	/** A trigger watches the calls of one credential, even if its address has been edited. */
	accountKey: string;
}

/**
 * @param authentication the node's field of that name
 * @throws CallError `badRequest` if none is chosen, or it isn't filled in correctly
 */
export async function openCredential(
	context: RequestContext,
	authentication: unknown,
): Promise<OpenCredential> {
	const kind = credentialKinds.find((one) => one.authentication === authentication);
	if (!kind) throw badRequest.unknownAuthentication();
	const { type, name: title } = kind;
	const data = await chosenCredential(context, type, title);
	const account = kind.accountOf(data);
	const { id, name } = context.getNode().credentials?.[type] ?? {};
	return { type, data, account, accountKey: `${type} ${id ?? name ?? ''}` };
}

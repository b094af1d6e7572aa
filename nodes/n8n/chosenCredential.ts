import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { badRequest } from '../shared/errors/badRequest';
import type { RequestContext } from './context';

/**
 * What the user has filled in for a node's credential.
 *
 * @param name as n8n shows it: n8n's own message about a missing one only names its type
 * @throws CallError `badRequest` if none is chosen
 */
export async function chosenCredential(
	context: RequestContext,
	type: string,
	name: string,
): Promise<ICredentialDataDecryptedObject> {
	// An imported workflow may name one that doesn't exist in this n8n: it has no ID.
	if (context.getNode().credentials?.[type]?.id) return await context.getCredentials(type);
	throw badRequest.noCredential({ credential: name });
}

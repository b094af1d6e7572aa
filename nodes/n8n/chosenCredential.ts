import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { badRequest } from '../shared/errors/badRequest';
import type { RequestContext } from './context';

/**
 * What a person has filled into the credential of a node.
 *
 * @param name as n8n shows it: what n8n itself says of a missing one names only its type
 * @throws CallError `badRequest` when none is chosen
 */
export async function chosenCredential(
	context: RequestContext,
	type: string,
	name: string,
): Promise<ICredentialDataDecryptedObject> {
	// An imported workflow may name one that is not in this n8n: it has no ID.
	if (context.getNode().credentials?.[type]?.id) return await context.getCredentials(type);
	throw badRequest.noCredential({ credential: name });
}

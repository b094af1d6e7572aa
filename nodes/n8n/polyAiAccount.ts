import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Account } from '../shared/polyai/account';
import { baseUrlOf } from '../shared/polyai/baseUrl';
import { baseDesign } from '../shared/polyai/generations/baseDesign';
import { legacy } from '../shared/polyai/generations/legacy';

export const POLYAI_CREDENTIAL = 'polyAiApi';

/**
 * Whom a credential speaks for.
 *
 * @throws CallError `badRequest` when its base URL cannot be used
 */
export function polyAiAccount(credential: ICredentialDataDecryptedObject): Account {
	return { baseUrl: baseUrlOf(credential), generations: [baseDesign, legacy] };
}

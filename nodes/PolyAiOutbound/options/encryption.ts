import type { IDataObject } from 'n8n-workflow';
import { badRequest } from '../../shared/errors/badRequest';
import type { Account } from '../../shared/polyai/account';
import { ENCRYPTIONS, type Encryption } from '../../shared/polyai/encryption';
import { choiceOption } from '../../n8n/option';

export const encryption = choiceOption({
	displayName: 'Encryption',
	name: 'encryption',
	options: ENCRYPTIONS.map((value) => ({ name: value, value })),
	default: 'TLS/SRTP',
	description:
		'How the call itself is encrypted. The Agents API offers only TLS/SRTP. Default: the setting of your PolyAI project, usually TLS/SRTP.',
});

/**
 * Undefined if none was chosen: PolyAI then decides.
 *
 * @throws CallError `badRequest` for one that the API of this account doesn't offer
 */
export function readEncryption(
	options: IDataObject,
	{ versions }: Account,
): Encryption | undefined {
	if (!options.encryption) return undefined;
	const chosen = encryption.read(options);
	const offered = ENCRYPTIONS.filter((one) => versions.some(({ encryptions }) => encryptions[one]));
	if (offered.includes(chosen)) return chosen;
	throw badRequest.encryptionNotOffered({ encryption: chosen, offered: offered.join(', ') });
}

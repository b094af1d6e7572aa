import { unauthorized } from '../errors/unauthorized';
import { isRecord } from '../isRecord';
import { textOf } from '../textOf';
import type { Sender } from '../http/sendWithRetry';
import type { AgentAccount } from './account';
import { getOnce } from './getWithRetry';

/** A site, brand or language that an agent speaks for. */
export interface Variant {
	id: string;
	name: string;
	isDefault: boolean;
}

/**
 * The variants of the account's agent (docs/polyai-api.md § 5), by name.
 *
 * @throws CallError if PolyAI doesn't list them for this key
 */
export async function listVariants(
	sender: Sender,
	{ baseUrl, agent, versions: [version] }: AgentAccount,
): Promise<Variant[]> {
	const reply = await getOnce(sender, {
		url: `${baseUrl}/v1/agents/${encodeURIComponent(agent.agentId)}/branches/main/variants`,
		version,
		read: readVariants,
	});
	if ('value' in reply) return reply.value.sort((a, b) => a.name.localeCompare(b.name));
	const { code, details } = reply.error;
	if (code !== 'unauthorized' && code !== 'notFound') throw reply.error;
	throw unauthorized.variants(details);
}

/** A row that can't be read doesn't hide the others. */
function readVariants(body: unknown): Variant[] | undefined {
	const rows = isRecord(body) ? body.variants : undefined;
	if (!Array.isArray(rows)) return undefined;
	return rows.filter(isRecord).flatMap(({ id, name, isDefault }) => {
		const known = textOf(id).trim();
		if (known === '') return [];
		return [{ id: known, name: textOf(name).trim() || known, isDefault: isDefault === true }];
	});
}

import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';
import { openCredential } from '../../n8n/authentication';
import { openSender } from '../../n8n/openSender';
import { withNodeError } from '../../n8n/withNodeError';
import { isRecord } from '../../shared/isRecord';
import { listVariants } from '../../shared/polyai/variants';
import { textOf } from '../../shared/textOf';

/** People wait for the list. */
const TIMEOUT_MS = 10_000;

/** A field in which a variant of the agent is chosen. */
export const variantField: INodeProperties = {
	displayName: 'Variant',
	name: 'variantId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchVariants', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. VARIANT-1a2b3c4d' },
	],
};

/** What the list of such a field offers. */
export async function searchVariants(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	return await withNodeError(this, async () => {
		const { type, data, account } = await openCredential(this, 'agentsApi');
		const { agent } = account;
		if (!agent) return { results: [] };
		const sender = openSender(this, { type, data }, { concurrency: 1, timeoutMs: TIMEOUT_MS });
		const variants = await listVariants(sender, { ...account, agent });
		const wanted = filter.trim().toLowerCase();
		return {
			results: variants
				.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(wanted))
				.map(({ id, name, isDefault }) => ({
					name: isDefault ? `${name} (default)` : name,
					value: id,
				})),
		};
	});
}

/**
 * @param chosen a resource locator as n8n gives it, or an ID as an expression may give it
 * @returns undefined if none is chosen
 */
export function readVariantId(chosen: unknown): string | undefined {
	const id = isRecord(chosen) && 'mode' in chosen ? chosen.value : chosen;
	return textOf(id).trim() || undefined;
}

import type { Option } from '../../n8n/option';
import { readVariantId, variantField } from './variantField';

/** A token is issued for one variant; only the Agents API lets the caller choose. */
export const variantId: Option<string | undefined> = {
	field: {
		...variantField,
		description:
			"The variant of the agent to use for the call. Default: the agent's default variant.",
		displayOptions: { show: { '/authentication': ['agentsApi'] } },
	},
	read: (options) => readVariantId(options.variantId),
};

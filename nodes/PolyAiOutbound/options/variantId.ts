import { textOf } from '../../shared/textOf';
import type { Option } from '../../n8n/option';

/** A token is issued for one variant; only the Agents API lets the caller choose. */
export const variantId: Option<string | undefined> = {
	field: {
		displayName: 'Variant ID',
		name: 'variantId',
		type: 'string',
		default: '',
		placeholder: 'e.g. VARIANT-1a2b3c4d',
		description: 'The variant of the agent that is to call. Default: the one PolyAI chooses.',
		displayOptions: { show: { '/authentication': ['agentsApi'] } },
	},
	read: (options) => textOf(options.variantId).trim() || undefined,
};

import type { NodeHint } from 'n8n-workflow';

/** The editor only knows the first item's number. */
const firstNumberHasNoCountry =
	"={{ !$parameter.defaultCountry && /^[\\s(']*(?!00|011)\\d/.test($parameter.phoneNumber) }}";

/** What the editor can see before the node has run. It shows hints in the output panel. */
export const hints: NodeHint[] = [
	{
		type: 'warning',
		location: 'outputPane',
		message:
			"The phone number doesn't say which country it is in. Choose a 'Default Country', or write numbers with + and the country code.",
		displayCondition: firstNumberHasNoCountry,
		whenToDisplay: 'beforeExecution',
	},
];

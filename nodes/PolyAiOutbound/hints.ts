import type { NodeHint } from 'n8n-workflow';

/** The editor knows the number of the first item only. */
const firstNumberHasNoCountry =
	"={{ !$parameter.defaultCountry && /^[\\s(']*(?!00|011)\\d/.test($parameter.phoneNumber) }}";

/** What the editor can tell before anything has run; it shows them in the output panel. */
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

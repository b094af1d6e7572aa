import { errorsOf } from './errorsOf';

export const rateLimited = errorsOf('rateLimited', {
	polyAi: [
		"PolyAI's rate limit is exceeded[: {said}]",
		"Lower 'Calls per Minute' or 'Max Concurrency' in the options, then run the item again.",
	],
	atCredentialTest: [
		"PolyAI's rate limit is exceeded[: {said}]",
		'The {secret} could not be checked: try again in a minute.',
	],
	n8n: [
		"n8n's rate limit for data tables is exceeded",
		"Lower 'Calls per Minute' or 'Max Concurrency' in the options.",
	],
});

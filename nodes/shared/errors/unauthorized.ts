import { errorsOf } from './errorsOf';

export const unauthorized = errorsOf('unauthorized', {
	apiKey: [
		'PolyAI refused the API key[: {said}]',
		'Open the credential and check the API key and the region. API keys are made in Agent Studio, on the home page of your workspace, under API Keys.',
	],
	apiKeyForAgent: [
		"This API key doesn't have permission for this agent[: {said}]",
		'Check the agent ID in the credential, and in Agent Studio whether the key belongs to the workspace of this agent.',
	],
	variants: [
		"PolyAI doesn't list variants to this API key",
		"Choose 'By ID' and enter the ID of the variant. If the key should have permission, check the agent ID and the region in the credential.",
	],
	token: [
		'PolyAI refused the token[: {said}]',
		'Open the credential and check the token and the region. If both are right, ask PolyAI whether outbound calling is set up for this token.',
	],
	tokenForCalls: [
		"This token doesn't have permission to place or read calls[: {said}]",
		'Ask PolyAI whether outbound calling is set up for it.',
	],
	n8nApiKey: [
		'n8n refused the API key for its data tables',
		'The key may have expired or been deleted. Create another one in n8n under Settings > n8n API, and paste it into the PolyAI Data Tables API credential.',
	],
	n8nScopes: [
		'The API key for n8n’s data tables lacks the scope {scopes}',
		'Create an API key in n8n under Settings > n8n API with all scopes for data tables and their rows, and paste it into the PolyAI Data Tables API credential. The key must belong to somebody who may use the table.',
	],
});

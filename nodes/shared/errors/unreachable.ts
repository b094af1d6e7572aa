import { errorsOf } from './errorsOf';

const NO_ANSWER = 'PolyAI could not be reached';

export const unreachable = errorsOf('unreachable', {
	nameNotFound: [
		NO_ANSWER,
		'Its address could not be found. Check the region or the base URL in the credential, and whether n8n has access to the internet.',
	],
	refused: [NO_ANSWER, 'The connection was refused. Check the base URL in the credential.'],
	tls: [
		NO_ANSWER,
		'Its certificate could not be trusted. Check the base URL in the credential, or ask whoever runs your network.',
	],
	timeout: [
		NO_ANSWER,
		"It did not answer in time. Try again later, or raise 'Request Timeout' in the options.",
	],
	reset: [NO_ANSWER, 'The connection broke. Try again later.'],
	network: [
		NO_ANSWER,
		'The network did not let the request through. Check whether n8n has access to the internet.',
	],
	answeredByOther: [
		NO_ANSWER,
		'Something between n8n and PolyAI answered in its place, such as a proxy or a gateway. Try again later. If it goes on, check the region or the base URL in the credential, or ask whoever runs your network.',
	],
	redirected: [
		'PolyAI was not found at this address[: {said}]',
		'The server sent n8n on to another address, where the credential must not go. Check the region or the base URL in the credential.',
	],
	slowTest: [
		'PolyAI did not answer within 10 seconds',
		'Check the region or the base URL, or try again later.',
	],
	notPolyAi: [
		'The address answers, but not as PolyAI does',
		'Check the region or the base URL, and whether outbound calling is set up for your project.',
	],
	n8n: [
		'n8n could not be reached at {baseUrl}',
		"Fill in 'n8n Base URL' in the PolyAI Data Tables API credential with an address at which n8n reaches itself. In Docker that is usually http://localhost:5678.",
	],
});

import { errorsOf } from './errorsOf';

export const serverError = errorsOf('serverError', {
	polyAi: [
		'PolyAI is temporarily unavailable[: {said}]',
		'Try again later. If it goes on, tell PolyAI’s support, with the correlation ID.',
	],
	atCredentialTest: [
		'PolyAI is temporarily unavailable[: {said}]',
		'The {secret} could not be checked: try again in a minute.',
	],
	unreadable: [
		'PolyAI’s answer could not be read',
		'Try again later. Check the region or the base URL in the credential if it goes on.',
	],
	n8n: ["n8n couldn't process a request for a data table", 'Look into n8n’s own log.'],
	notSaved: [
		'n8n could not save that this call is about to be placed',
		'After a crash nobody could tell whether it was. Check n8n’s database and its log, then run the item again.',
	],
});

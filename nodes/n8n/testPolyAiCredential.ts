import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import type { CallError } from '../shared/callError';
import { NoAnswer, type HttpAnswer } from '../shared/http/transport';
import { explainAnswer, explainNoAnswer } from '../shared/polyai/explain';
import type { ApiVersion } from '../shared/polyai/versions/apiVersion';
import { correlationIdOf, polyAiMessage } from '../shared/polyai/errorAnswer';
import { NOBODYS_CALL } from '../shared/polyai/nobodysCall';
import { isRecord } from '../shared/isRecord';
import { askToTest } from './askToTest';
import { credentialKinds } from './credentialKinds';

const NO_SUCH_AGENT =
	'PolyAI accepts the API key, but does not know the agent. Check the agent ID and the region.';

const TOO_SLOW =
	'PolyAI did not answer within 10 seconds. Check the region or the base URL, or try again later.';

/**
 * Whether the credential works, in words for the person who filled it in. It asks for the status
 * of a call that does not exist: PolyAI answers "not found" only to a token or key that it accepts.
 */
export async function testPolyAiCredential(
	this: ICredentialTestFunctions,
	{ type, data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const kind = credentialKinds.find((one) => one.type === type) ?? credentialKinds[0];
		const { field, name, header } = kind.secret;
		const { baseUrl, versions } = kind.accountOf(data);
		const secret = String(data[field] ?? '');
		if (secret.trim() === '') {
			return failed(`The ${name} is empty. Paste the one that PolyAI issued.`);
		}
		const url = baseUrl + versions[0].statusPath({ callSid: NOBODYS_CALL });
		const answer = await askToTest(this, url, { [header]: secret });
		if (answer instanceof NoAnswer) return failed(wordsFor(answer));
		return judge(answer, versions[0], name);
	} catch (error) {
		return failed(wordsFor(error as CallError));
	}
}

function judge(
	answer: HttpAnswer,
	version: ApiVersion,
	secretName: string,
): INodeCredentialTestResult {
	const { status } = answer;
	if (status === 401 || (status === 403 && isPolyAi(answer))) {
		return failed(wordsFor(explainAnswer(answer, version)));
	}
	if (status === 429 || status >= 500) {
		const { message } = explainAnswer(answer, version);
		return failed(`${message}. The ${secretName} could not be checked: try again in a minute.`);
	}
	if (status === 404 && isPolyAi(answer) && isAboutTheAgent(answer)) return failed(NO_SUCH_AGENT);
	if (isPolyAi(answer) && [200, 400, 404].includes(status)) {
		return { status: 'OK', message: 'Connection successful' };
	}
	return failed(
		'The address answers, but not as PolyAI does. Check the region or the base URL, and whether outbound calling is set up for your project.',
	);
}

/** Told by PolyAI's own header, or by error bodies that a web server does not send. */
function isPolyAi(answer: HttpAnswer): boolean {
	if (answer.headers['x-polyai-correlation-id'] || correlationIdOf(answer)) return true;
	if (!isRecord(answer.body) || polyAiMessage(answer.body) === undefined) return false;
	const { error, error_message: message, code, errors } = answer.body;
	return isRecord(error) || [message, code, errors].some((part) => part !== undefined);
}

/** The other thing that may not be found is the call, as is meant to be. */
function isAboutTheAgent({ body }: HttpAnswer): boolean {
	const said = polyAiMessage(body) ?? '';
	return /\b(agent|project)/i.test(said) && !/\bcall/i.test(said);
}

function wordsFor(reason: CallError | NoAnswer): string {
	if (reason instanceof NoAnswer && reason.why === 'timeout') return TOO_SLOW;
	const { message, details } = reason instanceof NoAnswer ? explainNoAnswer(reason) : reason;
	if (details.description?.startsWith(message)) return details.description;
	return [`${message}.`, details.description].filter(Boolean).join(' ');
}

function failed(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}
